"""Addresses about mails."""

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("unsubscribe/<str:token>/", views.Unsubscribe.as_view(), name="unsubscribe"),
    path("not-delivered/", views.NotDelivered.as_view(), name="not_delivered"),
]
