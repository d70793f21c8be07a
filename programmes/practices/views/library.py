"""The library: practices that were offered, to search and to read."""

from typing import Any

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, View
from django_filters.views import FilterView

from programmes.common.errors import ExplainedAbsence
from programmes.common.pictures import as_sent
from programmes.common.views import ObjectPermissionMixin, SignedInMixin, SmallForm, VisibleObjectMixin, sign_in_first
from programmes.partnerships.boundary import places_of

from .. import pages, selectors, services
from ..filters import LibraryFilter
from ..forms import BookletForm
from ..models import Booklet, Practice, PracticePicture, PracticeVersion

SOME = 5
"""Booklets that the library lists."""


class FirstPages(Paginator):
    """Of thousands nobody turns all the pages: beyond so many one searches, and nothing counts the rest."""

    most = 1000

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: self.most].count()


class Library(SignedInMixin, FilterView):
    """What was offered to this person, the newest first."""

    paginator_class = FirstPages

    filterset_class = LibraryFilter
    template_name = "practices/library.html"
    paginate_by = 30
    strict = False
    request: Any

    def get_queryset(self):
        return selectors.library(self.request.access)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(may_add=bool(places_of(self.request.access).teams), **kwargs)
        entries = [pages.article(row.content) | {"practice": row.practice_id} for row in context["page_obj"]]
        return context | {"entries": entries, "booklets": selectors.booklets_visible_to(self.request.access)[:SOME]}


class Entry(DetailView):
    """One practice like an article. Offered to everybody, it is open without signing in."""

    template_name = "practices/entry.html"
    context_object_name = "version"
    request: Any
    version: PracticeVersion

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = selectors.version_to_show(request.access, kwargs["pk"])
        if found is None and not request.user.is_authenticated:
            return sign_in_first(request)
        if found is None:
            raise ExplainedAbsence("practices/not_offered.html", {})
        self.version = found
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> PracticeVersion:
        return self.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        practice = self.version.practice
        access = self.request.access
        own = practice.team_id in places_of(access).own
        return super().get_context_data(
            practice=practice,
            is_own=own,
            may_judge=not own and rules.has_perm("practices.judge", access, None),
            judgement=selectors.own_judgement_of(access, practice.pk),
            beside=[pages.Beside(row) for row in selectors.told_beside(practice.pk)],
            **pages.article(self.version.content, practice),
            **kwargs,
        )


class Picture(View):
    """A picture of a practice, for who reads that; asked for anew each time, so that it goes when it is withdrawn."""

    http_method_names = ["get", "head"]
    picture: PracticePicture

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        picture = PracticePicture.objects.filter(pk=kwargs["pk"]).first()
        shown = picture is not None and selectors.shows_picture(request.access, picture.practice_id, picture.pk)
        if not shown and not request.user.is_authenticated:
            return sign_in_first(request)
        if picture is None or not shown:
            raise Http404
        self.picture = picture
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, **kwargs: Any) -> HttpResponseBase:
        response = as_sent(self.picture.file)
        response["Cache-Control"] = "private, no-cache"
        return response


class BookletMake(SignedInMixin, SmallForm):
    """Choose practices, those ticked in the library already chosen, and name the booklet."""

    form_class = BookletForm
    heading = gettext_lazy("Make a booklet")
    intro = gettext_lazy("The practices you choose, one after the other, as one document. You alone see it.")
    button = gettext_lazy("Make it")
    request: Any

    def get_initial(self) -> dict[str, Any]:
        ids = [value for value in self.request.GET.getlist("practice") if value.isdecimal() and len(value) < 19]
        return {"practices": ids, "title": _("Good practices")}

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = selectors.library(self.request.access).order_by().values("practice")
        chosen = [*self.get_initial()["practices"], *self.request.POST.getlist("practices")]
        known = [value for value in chosen if str(value).isdecimal() and len(str(value)) < 19]
        rows = Practice.objects.filter(pk__in=offered)
        rows = rows.filter(pk__in=known) if known else rows.order_by("-pk")
        return super().get_form_kwargs() | {"offered": rows}

    def act(self, form: BookletForm) -> HttpResponse:
        title, chosen = form.cleaned_data["title"], form.cleaned_data["practices"]
        booklet = services.make_booklet(title=title, practices=chosen, by=self.request.user, form_key=form.key)
        return redirect(booklet)

    def back_url(self) -> str:
        return reverse("practices:library")


class BookletMixin(ObjectPermissionMixin, VisibleObjectMixin):
    model = Booklet
    permission_required = "practices.view_booklet"
    selector = staticmethod(selectors.booklets_visible_to)
    request: Any


class BookletPage(BookletMixin, DetailView):
    """What was chosen, and the button that prints it."""

    template_name = "practices/booklet.html"
    context_object_name = "booklet"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = selectors.library(self.request.access).filter(practice__in=self.object.practices.values("pk"))
        return super().get_context_data(versions=rows, left=self.object.practices.count() - len(rows), **kwargs)


class BookletDelete(BookletMixin, View):
    """POST: the choice is gone; the practices stay."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        self.object.delete()
        messages.success(request, _("The booklet is deleted."))
        return redirect("practices:library")
