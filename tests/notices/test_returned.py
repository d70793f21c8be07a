"""Mails that come back after they were accepted."""

from email.message import EmailMessage

import pytest
from django.utils import timezone

from programmes.notices.enums import MailState
from programmes.notices.models import Mail
from programmes.notices.returned import note_returned
from programmes.notices.selectors import not_delivered

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mail.example.org
To: mentoring@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="bounds"

--bounds
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--bounds
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ilze@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 ilze is unknown here

--bounds
Content-Type: {kind}

Message-ID: {message_id}
Subject: 3 things wait for you
To: ilze@example.org

{body}
--bounds--
"""


@pytest.fixture
def sent() -> Mail:
    return Mail.objects.create(
        kind="digest", address="ilze@example.org", identity="one", state=MailState.SENT, sent_at=timezone.now()
    )


def report(mail: Mail, *, action="failed", status="5.1.1", kind="text/rfc822-headers", message_id="") -> bytes:
    body = "Three things.\n" if kind == "message/rfc822" else ""
    told = {"action": action, "status": status, "kind": kind, "body": body}
    return REPORT.format(message_id=message_id or mail.message_id, **told).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_what_came_back_for_good_is_shown_like_a_refusal(sent, kind):
    assert note_returned(report(sent, kind=kind)) == 1
    sent.refresh_from_db()
    assert "ilze is unknown here" in sent.problem
    assert list(not_delivered()) == [sent]
    assert note_returned(report(sent, kind=kind)) == 0, "a second report changes nothing"


def test_a_delay_marks_nothing(sent):
    assert note_returned(report(sent, action="delayed", status="4.4.1")) == 0


def test_a_report_of_another_mail_marks_nothing(sent):
    assert note_returned(report(sent, message_id="<other@example.org>")) == 0


def test_an_answer_from_a_holiday_marks_nothing(sent):
    answer = EmailMessage()
    answer["Message-ID"], answer["In-Reply-To"] = "<holiday@example.org>", sent.message_id
    answer.set_content(f"Status: 5.1.1\nI am away until Monday. {sent.message_id}")
    assert note_returned(answer.as_bytes()) == 0


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 100, b"Content-Type: multipart/report\n\n--", b"x" * 2_000_000])
def test_what_is_no_mail_marks_nothing(sent, data):
    assert note_returned(data) == 0
