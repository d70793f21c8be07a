"""Frozen versions: made, read, shared, recalled, asked about."""

from typing import Any

import rules
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, View

from programmes.common.access import Access
from programmes.common.views import SmallForm
from programmes.conversations.groups.boundary import askings_visible_to
from programmes.partnerships.tool_use import refuse, tools_in_use
from programmes.partnerships.tools import SUPPORT_GROUP
from programmes.sharing.comparison import Topic
from programmes.sharing.readers import Reader, has_group_without_people, readings_of
from programmes.sharing.services import recall
from programmes.sharing.views import ComparisonPage

from .. import selectors, services
from ..comparison import topics_of
from ..forms import FreezeForm, MessageForm, ShareForm
from ..models import PlanVersion
from ..readers import possible_readers
from ..tables import table_of
from ..timeline import in_time
from .base import PersonRequest, PlanMixin, VersionMixin, frame


class Freeze(PlanMixin, SmallForm):
    """An unchangeable version with a name."""

    permission_required = "action_plans.freeze_plan"
    form_class = FreezeForm
    heading = gettext_lazy("Freeze a version")
    intro = gettext_lazy(
        "The plan as it stands now is kept unchanged under this name, and you go on writing. "
        "Nobody else reads the version until you share it."
    )
    button = gettext_lazy("Freeze this version")

    def act(self, form: FreezeForm) -> HttpResponse:
        version = services.freeze(plan=self.object, by=self.request.user, form_key=form.key, **form.cleaned_data)
        messages.success(
            self.request, _("Version %(number)s is frozen. You can share it now.") % {"number": version.number}
        )
        return redirect(_page(version))

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class VersionPage(VersionMixin, DetailView):
    """One frozen version, to read and to print; for the plan's team also who reads it."""

    template_name = "action_plans/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access, version = self.request.access, self.object
        context = frame(access, version.plan, version) | reading(access, version)
        return super().get_context_data(**context, **kwargs)


class VersionTimeline(VersionMixin, DetailView):
    """When what happens according to one frozen version."""

    template_name = "action_plans/timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access, version = self.request.access, self.object
        rows = table_of(version.content).rows
        return super().get_context_data(**frame(access, version.plan, version), **in_time(rows), **kwargs)


class Compare(VersionMixin, ComparisonPage):
    """What two versions of a plan say differently."""

    def readable(self) -> QuerySet[PlanVersion]:
        return selectors.versions_visible_to(self.request.access).filter(plan=self.object.plan_id)

    def topics(self, older: PlanVersion, newer: PlanVersion) -> tuple[list[Topic], list[Topic]]:
        return topics_of(older.content), topics_of(newer.content)

    def heading(self) -> str:
        return self.object.content["plan"]["title"]

    def page_of(self, version: PlanVersion) -> str:
        return _page(version)


class VersionShare(VersionMixin, SmallForm):
    """Lets teams and support groups read a version."""

    permission_required = "action_plans.share_version"
    template_name = "action_plans/share.html"
    form_class = ShareForm
    heading = gettext_lazy("Share this version")
    button = gettext_lazy("Share")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"readers": _not_yet(self.object)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(version=self.object, plan=self.object.plan, **kwargs)
        chosen = context["form"]["readers"].value() or []
        context["choices"] = [(reader, key in chosen) for key, reader in context["form"].known.items()]
        return context

    def act(self, form: ShareForm) -> HttpResponse:
        chosen = form.cleaned_data["readers"]
        services.share(
            version=self.object,
            teams=[reader.team for reader in chosen if reader.team],
            groups=[reader.group for reader in chosen if reader.group],
            by=self.request.user,
        )
        messages.success(self.request, _("The version is shared. You can recall it at any time."))
        return redirect(self.back_url())

    def back_url(self) -> str:
        return _page(self.object)


class VersionRecall(VersionMixin, View):
    """POST: one reader reads the version no longer."""

    http_method_names = ["post"]
    permission_required = "action_plans.recall_version"

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        grant = get_object_or_404(self.object.grants.all(), pk=kwargs["grant"])
        recall(version=self.object, team=grant.team, group=grant.support_group, by=request.user)
        messages.success(request, _("Recalled: they no longer read this version."))
        return redirect(_page(self.object))


class AskGroup(VersionMixin, SmallForm):
    """One question to the local support group about a version it reads."""

    permission_required = "action_plans.share_version"
    form_class = MessageForm
    heading = gettext_lazy("Ask the local support group one question")
    button = gettext_lazy("Ask")

    def load_object(self) -> PlanVersion:
        version = super().load_object()
        refuse(self.request.access, SUPPORT_GROUP.key, version.plan.partnership)
        return version

    @property
    def intro(self) -> str:
        if has_group_without_people(readings_of(self.object)):
            return _("Nobody of the group has joined yet: the question waits until somebody you invited does.")
        return _("Its members see the question beside this version and on their first page, and answer there.")

    @property
    def who_reads(self) -> str:
        return _("Read by the team of %(city)s and its local support group.") % {"city": self.object.plan.city.name}

    def act(self, form: MessageForm) -> HttpResponse:
        conversation = services.ask_group(
            version=self.object, text=form.cleaned_data["text"], access=self.request.access, form_key=form.key
        )
        return redirect(f"{_page(self.object)}#conversation-{conversation.pk}")

    def back_url(self) -> str:
        return _page(self.object)


def reading(access: Access, version: PlanVersion) -> dict[str, Any]:
    """What the page of a frozen version shows."""
    conversations = selectors.conversations_on(access, version.plan)
    table = table_of(version.content, conversations)
    rows = {row.pk for row in table.rows}
    may_share = rules.has_perm("action_plans.share_version", access, version)
    now = readings_of(version)
    return {
        "version": version,
        "table": table,
        "group_conversations": [row for row in conversations if row.about_plan.version_id == version.pk],
        "other_conversations": [row for row in conversations if row.about_plan.action_id not in {None, *rows}],
        "readings": now,
        "may_share": may_share,
        "may_recall": rules.has_perm("action_plans.recall_version", access, version),
        "may_ask_group": may_share and any(reading.reader.group for reading in now) and _uses_groups(version),
        "askings": list(askings_visible_to(access).filter(about_plan__version=version)) if may_share else [],
        "group_is_empty": may_share and has_group_without_people(now),
    }


def _uses_groups(version: PlanVersion) -> bool:
    return SUPPORT_GROUP.key in tools_in_use(version.plan.partnership)


def _not_yet(version: PlanVersion) -> list[Reader]:
    """Those who could read the version and do not yet."""
    now = {reading.reader.key for reading in readings_of(version)}
    return [reader for reader in possible_readers(version.plan) if reader.key not in now]


def _page(version: PlanVersion) -> str:
    return reverse("action_plans:version", args=[version.pk])
