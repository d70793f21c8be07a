"""Sharing a version, reading one, recalling it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from programmes.common.errors import Refusal
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships.models import Team
from programmes.sharing.comparison import Topic
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
        readers = [shared.team.pk for shared in self.page.readers.get(self.section_key, ()) if shared.team]
        return {"sections": [self.section_key], "readers": readers}

    @property
    def section_key(self) -> str:
        if self.request.GET.get("section") == NEEDS_SECTION:
            return NEEDS_SECTION
        return self.page.section.key if self.page.writes_here else ""

    def still_read(self, versions: list) -> tuple[Team, list[SharedVersion]] | None:
        """After a version was recalled from a team: the others that this team reads all the same."""
        asked = self.request.GET.get("still", "")
        found = [
            (team, version)
            for version, teams in versions
            for team, _grants, reads in teams
            if str(team.pk) == asked and reads
        ]
        return (found[0][0], [version for _team, version in found]) if found else None

    def get_context_data(self, **kwargs):
        versions = [
            (version, grants_by_team(version.grants.all()))
            for version in selectors.versions_by(self.object, self.page.writing.team)
        ]
        titles, variables = dict(self.page.section_titles), self.page.programme.variables
        context = super().get_context_data(
            response=self.object, page=self.page, versions=versions, titles=titles, **kwargs
        )
        reading = {shared.team.pk for shared in self.page.readers.get(self.section_key, ()) if shared.team}
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
                teams=form.chosen_teams(),
                name=form.cleaned_data["name"],
                left_out=form.cleaned_data["left_out"],
                by=self.request.user,
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
        team = self._team()
        ended = recall(version=self.object, by=request.user, team=team, section_key=request.POST.get("section", ""))
        if ended:
            words = (
                _("Version %(number)s is recalled.")
                if team is None
                else _("%(team)s no longer reads version %(number)s.")
            )
            messages.success(request, words % {"number": self.object.number, "team": team})
        else:
            messages.info(request, _("Nobody reads this any more."))
        still = f"?still={team.pk}" if team else ""
        return redirect(f"{reverse('assessments:share', args=[self.object.response_id])}{still}#versions")

    def _team(self) -> Team | None:
        """Of the teams that were given this version; None for all of them."""
        number = self.request.POST.get("team")
        if number is None:
            return None
        if not number.isdecimal() or len(number) > 18:
            raise Http404
        given = self.object.grants.values("team")
        return get_object_or_404(Team.objects.filter(pk__in=given), pk=int(number))


def grants_by_team(grants: Any) -> list[tuple[Team, list, bool]]:
    """Per team its grants and whether any still holds."""
    found: dict[int, list] = {}
    for grant in grants:
        found.setdefault(grant.team_id, []).append(grant)
    return [(rows[0].team, rows, any(row.recalled_at is None for row in rows)) for rows in found.values()]
