from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("", views.DocumentList.as_view(), name="documents"),
    path("ask/", views.DocumentAsk.as_view(), name="ask"),
    path("<int:pk>/", views.DocumentDetail.as_view(), name="document"),
    path("<int:pk>/again/", views.DocumentRenew.as_view(), name="renew"),
    path("<int:pk>/file/", views.DocumentFile.as_view(), name="file"),
]
