"""Addresses of the directory."""

from django.urls import path

from . import views

app_name = "participants"

urlpatterns = [
    path("", views.Directory.as_view(), name="directory"),
    path("add/", views.OrganisationEdit.as_view(), name="organisation_add"),
    path("<int:pk>/", views.OrganisationPage.as_view(), name="organisation"),
    path("<int:pk>/change/", views.OrganisationEdit.as_view(), name="organisation_change"),
    path("<int:pk>/people/add/", views.PersonAdd.as_view(), name="person_add"),
    path("<int:organisation>/people/<int:pk>/end/", views.PersonEnd.as_view(), name="person_end"),
]
