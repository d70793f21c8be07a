from django.urls import path

from programmes.common import views

app_name = "common"

urlpatterns = [
    path("privacy/", views.PrivacyPage.as_view(), name="privacy"),
    path("accessibility/", views.AccessibilityPage.as_view(), name="accessibility"),
]
