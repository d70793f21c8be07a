"""Sharing a version, reading one, recalling it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.sharing.comparison import Topic
from programmes.sharing.readers import Reader
from programmes.sharing.services import recall
from programmes.sharing.views import ComparisonPage

from .. import boundary, selectors
from ..comparison import keys_of, topics_of
from ..enums import NEEDS_SECTION
from ..forms import ShareForm
from ..models import SharedVersion
from ..pages.reading import read_needs, read_section, with_help
from ..pages.writing import FormPage
from ..readers import reader_groups
from ..rules import help_team
from ..services import sharing as services
from .base import ResponseMixin


class Share(ResponseMixin, FormView):
    """Choose sections and readers, freeze; below, the versions shared so far with who reads them."""

    permission_required = "assessments.share_response"
    form_class = ShareForm
    template_name = "assessments/share.html"

    @cached_property
    def page(self) -> FormPage:
        return FormPage(self.object, self.request.access, section_key=self.request.GET.get("section", ""))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "sections": services.own_sections(self.object, self.page.writing),
            "with_needs": self.page.writes_needs and bool(self.page.needs),
            "groups": reader_groups(self.object, self.page.writing),
        }

    def get_initial(self):
        """The section one comes from, and those who read it; everybody else is a new reader of it."""
        readers = [shared.key for shared in self.page.readers.get(self.section_key, ())]
        return {"sections": [self.section_key], "readers": readers}

    @property
    def section_key(self) -> str:
        if self.request.GET.get("section") == NEEDS_SECTION:
            return NEEDS_SECTION
        return self.page.section.key if self.page.writes_here else ""

    def still_read(self, versions: list) -> tuple[str, str, list[SharedVersion]] | None:
        """After a version was recalled from a reader: its key and name, and the others that it reads all the same."""
        asked = self.request.GET.get("still", "")
        found = [
            (reader, version)
            for version, readers in versions
            for reader, _grants, reads in readers
            if reader.key == asked and reads
        ]
        return (asked, found[0][0].name, [version for _reader, version in found]) if found else None

    def get_context_data(self, **kwargs):
        versions = [
            (version, grants_by_reader(version.grants.all()))
            for version in selectors.versions_by(self.object, self.page.writing.team)
        ]
        titles, variables = dict(self.page.section_titles), self.page.programme.variables
        context = super().get_context_data(
            response=self.object, page=self.page, versions=versions, titles=titles, **kwargs
        )
        reading = {shared.key for shared in self.page.readers.get(self.section_key, ())}
        return context | {
            "sections": context["form"].sections_offered(variables),
            "still_read": self.still_read(versions),
            "section_title": titles.get(self.section_key, ""),
            "reading": reading,
        }

    def form_valid(self, form):
        try:
            version = services.share(
                response=self.object,
                section_keys=form.cleaned_data["sections"],
                **form.chosen(),
                name=form.cleaned_data["name"],
                left_out=form.cleaned_data["left_out"],
                access=self.request.access,
                form_key=form.key,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Version %(number)s is shared.") % {"number": version.number})
        return redirect(f"{reverse('assessments:share', args=[self.object.pk])}#versions")


class VersionMixin(ObjectPermissionMixin, VisibleObjectMixin):
    model = SharedVersion
    selector = staticmethod(
        lambda access: boundary.versions_visible_to(access).select_related(
            "response__questionnaire",
            "response__questionnaire_version",
            "response__team__enrolment__organisation",
            "response__team__enrolment__programme",
            "shared_by__enrolment__organisation",
            "created_by",
        )
    )


class VersionView(VersionMixin, TemplateView):
    """One shared version: the sections of it that this person may read."""

    permission_required = "assessments.view_version"
    template_name = "assessments/version.html"

    def get_context_data(self, **kwargs):
        version, access = self.object, self.request.access
        keys = boundary.readable_sections(access, version)
        variables = version.content["programme"]["variables"]
        sections = [read_section(entry, variables) for entry in version.content["sections"] if entry["key"] in keys]
        needs = None
        if NEEDS_SECTION in keys and version.content["needs"] is not None:
            team = help_team(access, version.response)
            needs = with_help(read_needs(version.content["needs"]), version.response, access, team=team)
        return super().get_context_data(
            version=version,
            response=version.response,
            sections=sections,
            needs=needs,
            left_out=len(version.left_out) if boundary.knows_left_out(access, version) else 0,
            others=boundary.versions_beside(access, version).exclude(pk=version.pk),
            **kwargs,
        )


class Compare(VersionMixin, ComparisonPage):
    """What two versions of a form say differently, in the sections that this person may read in both."""

    permission_required = "assessments.view_version"

    def readable(self) -> QuerySet[SharedVersion]:
        return boundary.versions_beside(self.request.access, self.object)

    def topics(self, older: SharedVersion, newer: SharedVersion) -> tuple[list[Topic], list[Topic]]:
        keys, without = self._keys(older) & self._keys(newer), {*older.left_out, *newer.left_out}
        return topics_of(older.content, keys, without), topics_of(newer.content, keys, without)

    def left_out(self, older: SharedVersion, newer: SharedVersion) -> list[str]:
        one_only = self._keys(older) ^ self._keys(newer)
        found = [topic for row in (older, newer) for topic in topics_of(row.content, one_only)]
        titles = list(dict.fromkeys(topic.title for topic in found if topic.key in one_only))
        count = len({*older.left_out, *newer.left_out})
        if count and boundary.knows_left_out(self.request.access, newer):
            words = ngettext("%(count)s question left out", "%(count)s questions left out", count)
            titles.append(words % {"count": count})
        return titles

    def heading(self) -> str:
        response = self.object.response
        return f"{response.questionnaire} · {response.enrolment.organisation.name}"

    def page_of(self, version: SharedVersion) -> str:
        return reverse("assessments:version", args=[version.pk])

    def _keys(self, version: SharedVersion) -> set[str]:
        """Of what stands in it and the person may read."""
        return boundary.readable_sections(self.request.access, version) & keys_of(version.content)


class Recall(VersionMixin, View):
    """Takes a version back: from all, from one team, or one section of it."""

    http_method_names = ["post"]
    permission_required = "assessments.recall"

    def post(self, request, *args, **kwargs):
        reader = self._reader()
        one = {"team": reader.team, "group": reader.group} if reader else {}
        ended = recall(version=self.object, by=request.user, section_key=request.POST.get("section", ""), **one)
        if ended:
            words = (
                _("Version %(number)s is recalled.")
                if reader is None
                else _("%(team)s no longer reads version %(number)s.")
            )
            messages.success(request, words % {"number": self.object.number, "team": reader and reader.name})
        else:
            messages.info(request, _("Nobody reads this any more."))
        still = f"?still={reader.key}" if reader else ""
        return redirect(f"{reverse('assessments:share', args=[self.object.response_id])}{still}#versions")

    def _reader(self) -> Reader | None:
        """Of those that were given this version; None for all of them."""
        key = self.request.POST.get("reader")
        if key is None:
            return None
        readers = (reader for reader, _grants, _reads in grants_by_reader(self.object.grants.all()))
        found = next((reader for reader in readers if reader.key == key), None)
        if found is None:
            raise Http404
        return found


def grants_by_reader(grants: Any) -> list[tuple[Reader, list, bool]]:
    """Per team or group its grants and whether any still holds."""
    found: dict[Any, list] = {}
    for grant in grants:
        found.setdefault((grant.team_id, grant.support_group_id), []).append(grant)
    return [
        (Reader(team=rows[0].team, group=rows[0].support_group), rows, any(row.recalled_at is None for row in rows))
        for rows in found.values()
    ]
