"""Documents: of those who asked, as long as they may read what the file holds."""

from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.action_plans.services import freeze
from programmes.action_plans.services import share as share_plan
from programmes.common.access import Access
from programmes.reports.registry import DocumentOptions
from programmes.reports.services import request_document
from programmes.sharing.services import recall

from ..roles import FORM_READERS, MENTEE_TEAM, MENTOR_TEAM, PLAN_READERS, SIGNED_IN
from ..row import Row


def _asked(world, by, version=None):
    options = DocumentOptions("en", version=version)
    return request_document(
        kind="action-plan", subject_id=world.plan.pk, file_format="pdf", options=options, access=Access(by)
    )


def _mine(world):
    return (_asked(world, world.cast.mentee).pk,)


def _ready(document):
    document.state, document.content, document.ready_at = "ready", None, timezone.now()
    document.file.save("plan.pdf", ContentFile(b"%PDF-1.7 a plan"), save=True)
    return (document.pk,)


def _my_file(world):
    return _ready(_asked(world, world.cast.mentee))


def _recalled(world):
    """The mentor's file holds a version that the mentee took back since; another one is still shared."""
    mentee, mentor = world.cast.mentee, world.cast.mentor
    args = _ready(_asked(world, mentor, version=world.plan_version.pk))
    later = freeze(plan=world.plan, name="Second list", by=mentee)
    share_plan(version=later, teams=[world.teams["mentor"]], groups=[], by=mentee)
    recall(version=world.plan_version, team=world.teams["mentor"], by=mentee)
    return args


def _of_plan(world):
    return {"kind": "action-plan", "subject_id": str(world.plan.pk), "language": "en", "format": "pdf"}


def _of_form(world):
    return _of_plan(world) | {"kind": "needs-analysis", "subject_id": str(world.response.pk), "format": "docx"}


def _blank(world):
    return _of_plan(world) | {"subject_id": "0", "blank": "on"}


NEEDS = ("kind", "subject_id", "language", "format")

ROWS = [
    Row("reports:documents", get=SIGNED_IN),
    Row("reports:ask", post=PLAN_READERS, data=_of_plan, needs=NEEDS, method_first=True, case="plan"),
    Row("reports:ask", post=FORM_READERS, data=_of_form, needs=NEEDS, method_first=True, case="form"),
    Row("reports:ask", post=SIGNED_IN, data=_blank, needs=NEEDS, method_first=True, case="blank"),
    Row("reports:document", _mine, get=MENTEE_TEAM),
    Row("reports:renew", _mine, post=MENTEE_TEAM),
    Row("reports:file", _my_file, get=MENTEE_TEAM),
    Row("reports:file", _recalled, get=frozenset(), forbidden=MENTOR_TEAM, case="recalled"),
]
