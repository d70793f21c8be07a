"""Addresses of forms, shared versions and needs, under /forms/."""

from django.urls import path

from .views import answers, form, groups, needs, questions, sharing, versions

app_name = "assessments"

urlpatterns = [
    path("", form.FormList.as_view(), name="forms"),
    path("begin/<int:pk>/<slug:purpose>/", form.Start.as_view(), name="start"),
    path("<int:pk>/", form.FormView.as_view(), name="form"),
    path("<int:pk>/read/", form.ReadView.as_view(), name="read"),
    path("<int:pk>/newer/", versions.Newer.as_view(), name="newer"),
    path("<int:pk>/here/", answers.FormPresence.as_view(), name="presence"),
    path("<int:pk>/boxes/<str:part>/", answers.AnswerSave.as_view(), name="answer"),
    path("<int:pk>/boxes/<str:part>/translation/", answers.TranslationSave.as_view(), name="translate"),
    path("<int:pk>/boxes/<str:part>/history/", answers.AnswerHistory.as_view(), name="history"),
    path("<int:pk>/ask/", questions.Ask.as_view(), name="ask"),
    path("<int:pk>/ask-group/", groups.AskBeside.as_view(), name="ask_group"),
    path("<int:pk>/share/", sharing.Share.as_view(), name="share"),
    path("<int:pk>/needs/", needs.NeedList.as_view(), name="needs"),
    path("conversations/<int:pk>/", questions.ConversationPlace.as_view(), name="conversation"),
    path("versions/<int:pk>/", sharing.VersionView.as_view(), name="version"),
    path("versions/<int:pk>/changes/", sharing.Compare.as_view(), name="compare"),
    path("versions/<int:pk>/ask-group/", groups.AskMembers.as_view(), name="ask_members"),
    path("versions/<int:pk>/recall/", sharing.Recall.as_view(), name="recall"),
    path("needs/<int:pk>/", needs.NeedChange.as_view(), name="need"),
    path("needs/<int:pk>/retire/", needs.NeedRetire.as_view(), name="need_retire"),
    path("needs/<int:pk>/help/", needs.StateHelp.as_view(), name="help"),
]
