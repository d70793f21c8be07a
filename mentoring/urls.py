"""The map of the site. /livez and /healthz stand before it, see mentoring/health.py."""

from django.contrib import admin
from django.urls import include, path

handler500 = "mentoring.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sign/", include("allauth.urls")),
    path("account/", include("programmes.accounts.urls")),
    path("about/", include("programmes.common.urls")),
    path("directory/", include("programmes.participants.urls")),
    path("forms/", include("programmes.assessments.urls")),
    path("plans/", include("programmes.action_plans.urls")),
    path("documents/", include("programmes.reports.urls")),
    # These name their places themselves: programmes/… and partnerships/…, the front page.
    path("", include("programmes.partnerships.urls")),
    path("", include("programmes.overview.urls")),
]
