"""Addresses of conversations, part of this app's `urls`."""

from django.urls import path

from .views import threads

urlpatterns = [
    path("threads/<int:pk>/", threads.ThreadView.as_view(), name="thread"),
    path("threads/<int:pk>/resolve/", threads.ThreadAct.as_view(act="resolve"), name="thread_resolve"),
    path("threads/<int:pk>/reopen/", threads.ThreadAct.as_view(act="reopen"), name="thread_reopen"),
    path("threads/<int:pk>/open/", threads.ThreadConsent.as_view(), name="thread_consent"),
]
