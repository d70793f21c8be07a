"""Addresses of the pages that read many apps."""

from django.urls import path

from . import views

app_name = "overview"

urlpatterns = [
    path("", views.MyWork.as_view(), name="my_work"),
    path("shared/<int:pk>/left/", views.LeftReader.as_view(), name="left_reader"),
    path("waiting/", views.WaitingNumber.as_view(), name="waiting_number"),
    path("my-groups/", views.MyGroups.as_view(), name="my_groups"),
    path("calendar/", views.Calendar.as_view(), name="calendar"),
    path("calendar/address/", views.CalendarAddress.as_view(), name="calendar_address"),
    path("calendar/<str:token>.ics", views.CalendarFeed.as_view(), name="calendar_feed"),
    path("partnerships/", views.Partnerships.as_view(), name="partnerships"),
    path("shared/", views.Shared.as_view(), name="shared"),
    path("programme/", views.MyProgramme.as_view(), name="programme"),
    path("about/data-protection/", views.DataProtection.as_view(), name="data_protection"),
    path("account/data/", views.OwnData.as_view(), name="own_data"),
    path("account/outbox/digests/", views.DemoDigests.as_view(), name="demo_digests"),
    path("account/mails/", views.Mails.as_view(), name="mails"),
    path("account/erasure/", views.Erasure.as_view(), name="erasure"),
    path("account/erasures/", views.Erasures.as_view(), name="erasures"),
    path("account/erasures/<int:pk>/", views.Erase.as_view(), name="erase"),
    path("start/", views.Start.as_view(), name="start"),
    path("programmes/<int:pk>/", views.Board.as_view(), name="board"),
    path("programmes/<int:pk>/beside/", views.Beside.as_view(), name="beside"),
    path("programmes/<int:pk>/board.csv", views.BoardCsv.as_view(), name="board_csv"),
    path("programmes/<int:pk>/compare/", views.Compare.as_view(), name="pair_compare"),
    path("partnerships/<int:pk>/", views.PartnershipPage.as_view(), name="partnership"),
    path("partnerships/<int:pk>/forms/", views.Forms.as_view(), name="forms"),
    path("partnerships/<int:pk>/plan/", views.PlanDoor.as_view(), name="plan"),
    path("partnerships/<int:pk>/conversations/", views.Conversations.as_view(), name="conversations"),
]
