"""The mails of invitations and of succession. Each holds a link that lets somebody in, so its text is stored nowhere;
one whose link has died meanwhile is not sent."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.accounts.models import Person
from programmes.notices.choosing import for_account
from programmes.notices.letters import Button, Letter, Part, Words
from programmes.notices.models import Mail

from . import models
from .enums import InvitationState
from .models import Invitation, TeamOffice, TeamReopening
from .selectors.succession import objection_path
from .services.invitations import path_of, place_name
from .services.succession import CONFIRM_OFFICE, OPEN_BY_OFFICE


def invitation(mail: Mail) -> Letter | None:
    rows = Invitation.objects.select_related(
        "team__enrolment__organisation", "team__enrolment__programme", "seat__group__city", "invited_by", "office"
    )
    row = rows.filter(pk=mail.subject_id or 0, nonce=mail.data["nonce"]).first()
    if row is None or row.state != InvitationState.PENDING:
        return None
    place = place_name(row)
    parts: list[Part] = [
        Words(_("Dear %(name)s,") % {"name": row.name}),
        Words(_("%(by)s invites you to %(place)s.") % {"by": row.host, "place": place}),
        Words(
            _("Please open this link; it works once and until %(day)s.")
            % {"day": date_format(row.expires_at, "DATE_FORMAT")}
        ),
        Button(_("See the invitation"), mail.absolute(path_of(row))),
    ]
    if row.source:
        parts.append(Words(_("Your name and your address were entered by %(who)s.") % {"who": row.source}, soft=True))
    words = _(
        "The link is for you alone: whoever opens it takes your place. If you do not know what this is about, just "
        "ignore this mail."
    )
    parts.append(Words(words, soft=True))
    return Letter(_("Invitation: %(place)s") % {"place": place}, parts, secret=True)


def invitation_sent(mail: Mail) -> None:
    Invitation.objects.filter(pk=mail.subject_id or 0, nonce=mail.data["nonce"]).update(sent_at=mail.sent_at)


def office_confirm(mail: Mail) -> Letter | None:
    row = _office(mail)
    if row is None or row.confirmed_at is not None:
        return None
    words = {"post": row.post, "by": row.named_by, "team": row.team}
    path = reverse("partnerships:office_confirm", args=[CONFIRM_OFFICE.sign_object([row.pk, row.nonce])])
    parts = (
        Words(_("%(by)s named “%(post)s” as the office that appoints people for the team of %(team)s.") % words),
        Words(
            _(
                "Your office reads nothing of the team. When nobody is left in it, you are written to and may name "
                "somebody. Please confirm that this is your address."
            )
        ),
        Button(_("Confirm the address"), mail.absolute(path)),
        Words(_("If you do not know what this is about, just ignore this mail."), soft=True),
    )
    return Letter(_("Please confirm: your office and the team of %(team)s") % words, parts, secret=True)


def office_open(mail: Mail) -> Letter | None:
    row = _office(mail)
    if row is None or row.confirmed_at is None or row.team.emptied_at is None:
        return None
    words = {"post": row.post, "team": row.team}
    path = reverse("partnerships:office_open", args=[OPEN_BY_OFFICE.sign_object([row.pk, row.nonce])])
    parts = (
        Words(
            _(
                "The last member has left the team of %(team)s. It had named you, “%(post)s”, to say who takes the "
                "work on."
            )
            % words
        ),
        Words(_("Please open this link and name somebody; it works once, and the person is invited by mail.")),
        Button(_("Name somebody"), mail.absolute(path)),
        Words(_("Whoever opens the link can name a person: please give it to nobody else."), soft=True),
    )
    return Letter(_("Nobody is left in the team of %(team)s") % words, parts, secret=True, action=True)


def reopening(mail: Mail) -> Letter | None:
    rows = TeamReopening.objects.select_related(
        "team__enrolment__organisation", "asked_by", "confirmed_for__enrolment__organisation"
    )
    row = rows.filter(pk=mail.subject_id or 0, stopped_at=None, opened_at=None, opens_at__isnull=False).first()
    person = Person.objects.filter(pk=mail.person_id or 0).first()
    if row is None or row.opens_at is None or person is None:
        return None
    words = {"team": row.team, "by": row.asked_by, "name": row.name, "other": row.confirmed_for}
    day = date_format(row.opens_at, "DATE_FORMAT")
    parts = (
        Words(
            _(
                "Nobody is left in the team of %(team)s, in which you were. %(by)s names %(name)s, and %(other)s has "
                "confirmed it."
            )
            % words
        ),
        Words(
            _(
                "On %(day)s the person is invited, and reads what the team wrote and said. If you object, open this "
                "link before; then nobody is invited."
            )
            % {"day": day}
        ),
        Button(_("Object"), mail.absolute(objection_path(row.pk, person.pk))),
    )
    return Letter(_("Somebody is named for the team of %(team)s") % words, parts, secret=True)


def _office(mail: Mail) -> TeamOffice | None:
    rows = TeamOffice.objects.select_related("team__enrolment__organisation", "named_by")
    return rows.filter(pk=mail.subject_id or 0, nonce=mail.data["nonce"]).first()


def letters_to_many(mails: Sequence[Mail]) -> dict[int, Letter]:
    """What a coordinator or facilitator wrote, in their words; around it stands the language of each reader."""
    rows = models.Letter.objects.filter(pk__in={mail.subject_id for mail in mails})
    known = {row.pk: row for row in rows.select_related("written_by", "programme")}
    written = {}
    for mail in mails:
        row = known.get(mail.subject_id or 0)
        if row is not None:
            with translation.override(mail.language):
                written[mail.pk] = for_account(_to_many(mail, row), mail, must_be_told=True)
    return written


def _to_many(mail: Mail, row: models.Letter) -> Letter:
    words = {"who": row.written_by, "programme": row.programme}
    parts: tuple[Part, ...] = (
        Words(_("%(who)s writes to you, in the programme %(programme)s.") % words, soft=True),
        *(Words(part) for part in row.text.split("\n\n") if part.strip()),
        Button(_("Read it here"), mail.absolute(reverse("partnerships:letter", args=[row.pk]))),
    )
    return Letter(row.subject, parts)
