"""Addresses of personal links. A number leads only whoever's browser holds that link, or who it is meant for by their
account; the other word is the secret, and stands in no log."""

from django.urls import path

from . import views

app_name = "links"

urlpatterns = [
    path("<int:pk>/", views.Work.as_view(), name="work"),
    path("<int:pk>/decline/", views.Decline.as_view(), name="decline"),
    path("<int:pk>/hand-back/", views.HandBack.as_view(), name="hand_back"),
    path("<int:pk>/mails/", views.Mails.as_view(), name="mails"),
    path("<int:pk>/erase/", views.Erase.as_view(), name="erase"),
    path("<int:pk>/again/", views.Again.as_view(), name="again"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<str:token>/", views.Door.as_view(), name="link"),
    path("<str:token>/own/", views.OwnLink.as_view(), name="own"),
    path("<str:token>/stop/", views.StopMails.as_view(), name="stop"),
]
