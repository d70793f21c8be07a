"""Who may do what with documents: asked of the subject at the moment of the question, not when the file was made."""

import rules

from .registry import builder_of
from .selectors import documents_visible_to


@rules.predicate
def sees_document(access, document):
    return documents_visible_to(access).filter(pk=document.pk).exists()


@rules.predicate
def reads_all_of_it(access, document):
    """Every part the file holds, in the state it holds it; a recalled version is no longer handed out."""
    try:
        builder = builder_of(document.kind)
    except KeyError:
        return False
    return document.blank or builder.may_read(access, document.subject_id, document.holds)


rules.add_perm("reports.view_document", sees_document)
rules.add_perm("reports.download_document", sees_document & reads_all_of_it)
rules.add_perm("reports.renew_document", sees_document)
