"""The secret part of a link: signed, never stored."""

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.common.errors import Refusal

from .models import PersonalLink

SIGNER = signing.Signer(sep=".", salt="links.personal")


class UnknownLink(Refusal):
    message = _("This link is not complete, or it is not one of ours. Please copy the whole link from the message.")


class OlderLink(Refusal):
    message = _("There is a newer link than this one. Please use the one in the latest message.")


def token_of(link: PersonalLink) -> str:
    return SIGNER.sign_object([link.pk, link.nonce])


def path_of(link: PersonalLink) -> str:
    return reverse("links:link", args=[token_of(link)])


def url_of(link: PersonalLink, site: str) -> str:
    """`site` is the address of this site as whoever passes the link on sees it."""
    return site.rstrip("/") + path_of(link)


def link_of(token: str) -> PersonalLink:
    """The open or closed link of this token; a guess ends before the database is asked. Raises UnknownLink,
    OlderLink."""
    try:
        pk, nonce = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise UnknownLink from error
    row = PersonalLink.objects.select_related("person", "made_by").filter(pk=pk).first()
    if row is None:
        raise UnknownLink
    if row.nonce != nonce:
        raise OlderLink
    return row
