"""Documents: mine, asking for one, its progress, the file."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView, View

from programmes.accounts.services import record
from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, SignedInMixin, VisibleObjectMixin

from . import selectors, services
from .enums import State
from .forms import AskForm
from .models import Document
from .registry import SubjectMissing

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class DocumentList(SignedInMixin, ListView):
    """Everything I asked for, newest first."""

    template_name = "reports/documents.html"
    context_object_name = "documents"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Document]:
        return selectors.documents_visible_to(self.request.access).defer("content")


class DocumentAsk(SignedInMixin, FormView):
    """Asks for a document; the form stands on the pages of its subjects, this address shows it again after an error."""

    form_class = AskForm
    http_method_names = ["post", "options"]

    def get_template_names(self) -> list[str]:
        return ["components/error_summary.html" if self.request.htmx else "reports/ask.html"]

    def form_valid(self, form: AskForm) -> HttpResponse:
        try:
            document = services.request_document(**form.asked(), access=self.request.access)
        except SubjectMissing as missing:
            raise Http404 from missing
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return _shown(self.request, document)


class DocumentDetail(ObjectPermissionMixin, VisibleObjectMixin, DetailView):
    """State and progress of one document: a page, or for HTMX the row alone."""

    selector = staticmethod(selectors.documents_visible_to)
    permission_required = "reports.view_document"
    context_object_name = "document"
    http_method_names = ["get", "head", "options"]

    def get_template_names(self) -> list[str]:
        return ["reports/_document.html" if self.request.htmx else "reports/document.html"]


class DocumentRenew(ObjectPermissionMixin, VisibleObjectMixin, View):
    """Asks again for what failed."""

    selector = staticmethod(selectors.documents_visible_to)
    permission_required = "reports.renew_document"
    model = Document
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            document = services.request_again(document=self.object, access=request.access)
        except SubjectMissing as missing:
            raise Http404 from missing
        except Refusal as refusal:
            messages.error(request, str(refusal))
            document = self.object
        return _shown(request, document)


class DocumentFile(ObjectPermissionMixin, VisibleObjectMixin, View):
    """The file, handed out after asking anew whether this person may read what it holds."""

    selector = staticmethod(selectors.documents_visible_to)
    permission_required = "reports.download_document"
    model = Document
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        document = self.object
        if document.state != State.READY:
            return redirect("reports:document", pk=document.pk)
        try:
            file = document.file.open()
        except FileNotFoundError:
            messages.error(request, _("The file is gone. Please ask for the document again."))
            return redirect("reports:document", pk=document.pk)
        record(by=request.user, verb="downloaded", target=document)
        return _attachment(document, file)


def _attachment(document: Document, file: Any) -> FileResponse:
    response = FileResponse(
        file, as_attachment=True, filename=_file_name(document), content_type=CONTENT_TYPES[document.format]
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(document: Document) -> str:
    """Two versions in one folder have two names."""
    version = slugify(document.state_of_texts.split(" · ")[0])[:60]
    parts = [slugify(document.title) or document.kind, version, document.language]
    return f"{'-'.join(part for part in parts if part)}.{document.format}"


def _shown(request: HttpRequest, document: Document) -> HttpResponse:
    """The row for HTMX, else the page of the document."""
    if request.htmx:
        return render(request, "reports/_document.html", {"document": document})
    return redirect("reports:document", pk=document.pk)
