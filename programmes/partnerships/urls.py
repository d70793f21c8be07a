"""Addresses of programmes, partnerships, teams, invitations and conversations."""

from django.urls import path

from . import thread_urls
from .views import invitations, partnerships, people, programmes, support_groups, teams

app_name = "partnerships"

urlpatterns = [
    path("programmes/", programmes.Programmes.as_view(), name="programmes"),
    path("programmes/new/", programmes.ProgrammeAdd.as_view(), name="programme_add"),
    path("programmes/<int:pk>/settings/", programmes.Settings.as_view(), name="settings"),
    path("programmes/<int:pk>/emblem/", programmes.Picture.as_view(), {"which": "emblem"}, name="emblem"),
    path("programmes/<int:pk>/logo/", programmes.Picture.as_view(), {"which": "logo"}, name="logo"),
    path("programmes/<int:pk>/stages/", programmes.Stages.as_view(), name="stages"),
    path("programmes/<int:pk>/themes/", programmes.Themes.as_view(), name="themes"),
    path("programmes/<int:pk>/people/", people.People.as_view(), name="people"),
    path("programmes/<int:pk>/enrol/<slug:role>/", people.Enrol.as_view(), name="enrol"),
    path("programmes/<int:pk>/pair/", partnerships.Pair.as_view(), name="pair"),
    path("stages/<int:pk>/", programmes.StageEdit.as_view(), name="stage_edit"),
    path("stages/<int:pk>/move/", programmes.StageMove.as_view(), name="stage_move"),
    path("stages/<int:pk>/retire/", programmes.StageRetire.as_view(), name="stage_retire"),
    path("themes/<int:pk>/", programmes.ThemeEdit.as_view(), name="theme_edit"),
    path("themes/<int:pk>/retire/", programmes.ThemeRetire.as_view(), name="theme_retire"),
    path("enrolments/<int:pk>/", people.EnrolmentPage.as_view(), name="enrolment"),
    path("enrolments/<int:pk>/theme/", people.EnrolmentTheme.as_view(), name="enrolment_theme"),
    path("enrolments/<int:pk>/associations/add/", people.BackingAdd.as_view(), name="backing_add"),
    path("enrolments/<int:pk>/teams/add/", people.TeamAdd.as_view(), name="team_add"),
    path("enrolments/<int:pk>/end/", people.EnrolmentEnd.as_view(), name="enrolment_end"),
    path("backings/<int:pk>/end/", people.BackingEnd.as_view(), name="backing_end"),
    path("teams/<int:pk>/", teams.TeamPage.as_view(), name="team"),
    path("teams/<int:pk>/invite/", teams.TeamInvite.as_view(), name="team_invite"),
    path("teams/<int:pk>/facilitator/", teams.TeamFacilitator.as_view(), name="team_facilitator"),
    path("teams/<int:pk>/groups/add/", support_groups.SupportGroupAdd.as_view(), name="support_group_add"),
    path("groups/<int:pk>/", support_groups.SupportGroupPage.as_view(), name="support_group"),
    path("groups/<int:pk>/change/", support_groups.SupportGroupEdit.as_view(), name="support_group_change"),
    path("groups/<int:pk>/rest/", support_groups.SupportGroupRest.as_view(), name="support_group_rest"),
    path("groups/<int:pk>/wake/", support_groups.SupportGroupRest.as_view(wake=True), name="support_group_wake"),
    path("groups/<int:pk>/hand-on/", support_groups.SupportGroupHandOn.as_view(), name="support_group_hand_on"),
    path("members/<int:pk>/", teams.MemberEdit.as_view(), name="member"),
    path("members/<int:pk>/end/", teams.MemberEnd.as_view(), name="member_end"),
    path("invitations/<int:pk>/again/", invitations.InvitationAgain.as_view(), name="invitation_again"),
    path("invitations/<int:pk>/revoke/", invitations.InvitationRevoke.as_view(), name="invitation_revoke"),
    path("invitations/<str:token>/", invitations.InvitationPage.as_view(), name="invitation"),
    path("seats/<int:pk>/invite/", invitations.SeatInvite.as_view(), name="invite_seat"),
    path("partnerships/<int:pk>/history/", partnerships.History.as_view(), name="history"),
    path("partnerships/<int:pk>/change/", partnerships.Change.as_view(), name="partnership_change"),
    path("partnerships/<int:pk>/add/<slug:role>/", partnerships.TakePart.as_view(), name="take_part"),
    path("partnerships/<int:pk>/end/", partnerships.PartnershipEnd.as_view(), name="partnership_end"),
    path("partnerships/<int:pk>/reopen/", partnerships.PartnershipReopen.as_view(), name="partnership_reopen"),
    path("partnerships/<int:pk>/dates/", partnerships.Dates.as_view(), name="dates"),
    path("partnerships/<int:pk>/tools/", partnerships.Tools.as_view(), name="tools"),
    path("partnerships/<int:pk>/keep/", partnerships.KeepConversations.as_view(), name="keep_conversations"),
    path("participations/<int:pk>/replace/", partnerships.Replace.as_view(), name="replace"),
    path("participations/<int:pk>/leave/", partnerships.Leave.as_view(), name="leave"),
    path("mentoring/", partnerships.Mentoring.as_view(), name="mentoring"),
    *thread_urls.urlpatterns,
]
