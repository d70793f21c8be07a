"""What changes accounts. Every write of the application leaves its trace here with `record`."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, models, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.common import clock
from programmes.common.errors import Refusal

from .managers import normalise_email
from .models import AuditEvent, Person, User

erasure_noted = Signal()
"""Somebody else noted that `user` asks to be erased; whoever sends mails tells them."""


class AddressTaken(Refusal):
    message = _("An account with this e-mail address exists already.")


class PasswordAlreadySet(Refusal):
    message = _("This account has a password already. Sign in with it, or ask for a new one on the sign-in page.")


def record(*, by: User | None, verb: str, target: models.Model) -> AuditEvent:
    """Note who did what to which thing; call it inside the transaction of the change.

    `verb` is one lower-case word or two ("shared", "ended membership"), never contents. `by` is None for the
    system itself.
    """
    person = by if by is not None and by.is_authenticated else None
    return AuditEvent.objects.create(by=person, verb=verb, target_kind=target._meta.label_lower, target_id=target.pk)


def record_many(*, by: User, verb: str, targets: models.QuerySet[Any]) -> None:
    """The same of thousands of rows at once."""
    kind = targets.model._meta.label_lower
    rows = [AuditEvent(by=by, verb=verb, target_kind=kind, target_id=pk) for pk in targets.values_list("pk", flat=True)]
    AuditEvent.objects.bulk_create(rows, batch_size=1000)


def record_failed_sign_in(*, user: User | None) -> AuditEvent:
    """Note a wrong password or code; `user` only where the account exists. No address is noted."""
    pk = user.pk if user else None
    return AuditEvent.objects.create(by=None, verb="failed sign-in", target_kind=User._meta.label_lower, target_id=pk)


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str,
    language: str = "en",
    by: User | None,
    time_zone: str = "",
    verified: bool = True,
    **flags: Any,
) -> User:
    """An account without a password, whose address counts as verified (its owner follows a link sent there), unless
    `verified` says that nobody followed one.

    Without the verified allauth address the second factor could not be set up. `flags` are boolean columns of
    the user (is_staff, is_superuser, is_demo). Raises AddressTaken, also where another request was faster. An address
    that somebody merely claimed keeps nobody out.
    """
    address = normalise_email(email)
    proved = EmailAddress.objects.filter(email__iexact=address, verified=True)
    if User.objects.filter(email=address).exists() or proved.exists():
        raise AddressTaken
    zone = {"time_zone": time_zone} if time_zone else {}
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, name=name, language=language, **zone, **flags)
            EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    except IntegrityError as faster:
        raise AddressTaken from faster
    record(by=by, verb="created", target=user)
    return user


@transaction.atomic
def set_first_password(*, user: User, password: str, by: User | None = None) -> User:
    """For whoever follows an invitation. Raises PasswordAlreadySet, or ValidationError if it is too weak."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.has_usable_password():
        raise PasswordAlreadySet
    validate_password(password, locked)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    forget_claimed_addresses(user=locked)
    record(by=by or locked, verb="set password", target=locked)
    return locked


def forget_claimed_addresses(*, user: User) -> None:
    """Whoever took a session over may have asked for another address: its link dies with the password of then. The
    account's own stays, even where nobody has confirmed it yet."""
    EmailAddress.objects.filter(user=user, verified=False).exclude(email__iexact=user.email).delete()


def password_link_path(user: User) -> str:
    """Path of the page on which its owner chooses a password, as in the mail; works once and expires."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


@transaction.atomic
def make_administrator(*, email: str, name: str, by: User | None = None) -> User:
    """The account with this address, made if need be, with the rights of an administrator."""
    user = User.objects.filter(email=normalise_email(email)).first()
    if user is None:
        return create_account(email=email, name=name, by=by, is_staff=True, is_superuser=True)
    user.is_staff = user.is_superuser = user.is_active = True
    user.save(update_fields=["is_staff", "is_superuser", "is_active"])
    record(by=by, verb="made administrator", target=user)
    return user


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, time_zone: str, shows_email: bool) -> User:
    user.name, user.language, user.time_zone, user.shows_email = name, language, time_zone, shows_email
    user.save(update_fields=["name", "language", "time_zone", "shows_email"])
    record(by=user, verb="changed profile", target=user)
    return user


def change_language(*, user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def ask_for_erasure(*, user: User, by: User) -> None:
    """Note that the person asks to be erased; an administrator carries it out. Asking twice changes nothing.

    Whoever did not note it themselves hears of it by mail, so that nobody is put out against their will."""
    waiting = User.objects.filter(pk=user.pk, erased_at=None, erasure_asked_at=None)
    if not waiting.update(erasure_asked_at=clock.now()):
        return
    record(by=by, verb="asked for erasure", target=user)
    if by.pk != user.pk:
        erasure_noted.send(User, user=user)


@transaction.atomic
def withdraw_erasure(*, user: User, by: User) -> None:
    """The person stays after all. Too late once it was carried out: then nobody can sign in to say so."""
    User.objects.filter(pk=user.pk, erased_at=None).update(erasure_asked_at=None)
    record(by=by, verb="withdrew erasure", target=user)


def person_for(*, email: str, name: str, is_demo: bool = False) -> Person:
    """The person of this address, made when unknown; an empty address always makes a new one."""
    if not email:
        return Person.objects.create(name=name, is_demo=is_demo)
    known = Person.objects.filter(email__iexact=email).first()
    return known or Person.objects.create(name=name, email=email.lower(), is_demo=is_demo)
