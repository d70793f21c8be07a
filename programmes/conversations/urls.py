"""Addresses of conversations."""

from django.urls import path

from . import views
from .groups import views as groups

app_name = "conversations"

urlpatterns = [
    path("<int:pk>/", views.ConversationPage.as_view(), name="conversation"),
    path("<int:pk>/reply/", views.Reply.as_view(), name="reply"),
    path("<int:pk>/seen/", views.Seen.as_view(), name="seen"),
    path("<int:pk>/resolve/", views.Settle.as_view(act="resolve"), name="resolve"),
    path("<int:pk>/reopen/", views.Settle.as_view(act="reopen"), name="reopen"),
    path("<int:pk>/open/", views.ConsentToOpen.as_view(), name="open"),
    path("groups/<int:pk>/ask/", groups.AskGroup.as_view(), name="ask_group"),
    path("asked/<int:pk>/", groups.AskingPage.as_view(), name="asking"),
    path("asked/<int:pk>/close/", groups.CloseAsking.as_view(), name="asking_close"),
    path("asked/<int:pk>/links/", groups.SendLinks.as_view(), name="asking_links"),
    path("answers/<int:pk>/taken-up/", groups.TakeUp.as_view(), name="taken_up"),
]
