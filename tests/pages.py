"""What a page carries along for the form that is sent from it."""

import re
from html import unescape
from typing import Any

from django.test import Client

from programmes.common.seen import FIELD

HIDDEN = re.compile(rf'<input type="hidden" name="((?:[^"]+-)?{FIELD})"(?: value="([^"]*)")?')


def seen_on(client: Client, url: str) -> dict[str, str]:
    """What the forms of this page say that they showed, by the name of their hidden input."""
    return seen_in(client.get(url))


def seen_in(page: Any) -> dict[str, str]:
    return told_in(page.content.decode())


def told_in(html: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(html)}


def send(client: Client, url: str, data: dict[str, Any], **more: Any) -> Any:
    """Open a page with a form, fill it in and send it."""
    return client.post(url, seen_on(client, url) | data, **more)
