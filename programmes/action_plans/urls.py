"""Addresses of plans, their rows, cells and frozen versions."""

from django.urls import path

from .views import cells, groups, plan, rows, versions

app_name = "action_plans"

urlpatterns = [
    path("begin/<int:pk>/", plan.PlanBegin.as_view(), name="begin"),
    path("<int:pk>/", plan.PlanPage.as_view(), name="plan"),
    path("<int:pk>/header/", plan.PlanHeader.as_view(), name="header"),
    path("<int:pk>/translation/", plan.PlanTranslation.as_view(), name="translation"),
    path("<int:pk>/timeline/", plan.PlanTimeline.as_view(), name="timeline"),
    path("<int:pk>/presence/", plan.PlanPresence.as_view(), name="presence"),
    path("<int:pk>/add/", rows.ActionAdd.as_view(), name="add"),
    path("<int:pk>/adapt/<int:judgement>/", rows.ActionAdapt.as_view(), name="adapt"),
    path("<int:pk>/order/", rows.PlanReorder.as_view(), name="reorder"),
    path("<int:pk>/freeze/", versions.Freeze.as_view(), name="freeze"),
    path("actions/<int:pk>/", rows.ActionRow.as_view(), name="row"),
    path("actions/<int:pk>/remove/", rows.ActionRemove.as_view(), name="remove"),
    path("actions/<int:pk>/back/", rows.ActionBack.as_view(), name="bring_back"),
    path("actions/<int:pk>/move/", rows.ActionMove.as_view(), name="move"),
    path("actions/<int:pk>/needs/", rows.ActionNeeds.as_view(), name="needs"),
    path("actions/<int:pk>/suggest/", rows.ActionSuggest.as_view(), name="suggest"),
    path("actions/<int:pk>/cells/<slug:column>/", cells.CellSave.as_view(), name="cell"),
    path("actions/<int:pk>/cells/<slug:column>/history/", cells.CellHistory.as_view(), name="history"),
    path("actions/<int:pk>/cells/<slug:column>/translate/", cells.CellTranslate.as_view(), name="translate"),
    path("actions/<int:pk>/cells/<slug:column>/language/", cells.CellLanguage.as_view(), name="cell_language"),
    path("versions/<int:pk>/", versions.VersionPage.as_view(), name="version"),
    path("versions/<int:pk>/timeline/", versions.VersionTimeline.as_view(), name="version_timeline"),
    path("versions/<int:pk>/changes/", versions.Compare.as_view(), name="compare"),
    path("versions/<int:pk>/share/", versions.VersionShare.as_view(), name="share"),
    path("versions/<int:pk>/recall/<int:grant>/", versions.VersionRecall.as_view(), name="recall"),
    path("versions/<int:pk>/ask-members/", groups.AskMembers.as_view(), name="ask_members"),
    path("versions/<int:pk>/ask/", versions.AskGroup.as_view(), name="ask_group"),
]
