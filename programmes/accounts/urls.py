from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("", views.ProfileView.as_view(), name="profile"),
    path("language/", views.LanguageView.as_view(), name="language"),
    path("csrf/", views.CsrfView.as_view(), name="csrf"),
    path("kept/", views.KeptListView.as_view(), name="kept_list"),
    path("kept/<int:pk>/", views.KeptView.as_view(), name="kept"),
    path("outbox/", views.OutboxView.as_view(), name="outbox"),
    path("outbox/<int:pk>/", views.OutboxMessageView.as_view(), name="outbox_message"),
    path("outbox/<int:pk>/picture/", views.OutboxPicture.as_view(), name="outbox_picture"),
]
