"""Addresses of programmes, partnerships, teams, invitations and conversations."""

from . import thread_urls

app_name = "partnerships"

urlpatterns = [*thread_urls.urlpatterns]
