"""Addresses of conversations."""

from django.urls import path

from . import views

app_name = "conversations"

urlpatterns = [
    path("<int:pk>/", views.ConversationPage.as_view(), name="conversation"),
    path("<int:pk>/reply/", views.Reply.as_view(), name="reply"),
    path("<int:pk>/seen/", views.Seen.as_view(), name="seen"),
    path("<int:pk>/resolve/", views.Settle.as_view(act="resolve"), name="resolve"),
    path("<int:pk>/reopen/", views.Settle.as_view(act="reopen"), name="reopen"),
    path("<int:pk>/open/", views.ConsentToOpen.as_view(), name="open"),
]
