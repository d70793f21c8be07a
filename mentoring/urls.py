"""The map of the site: one line per app, top to bottom as in docs/architecture.md."""

from django.contrib import admin
from django.urls import include, path

from mentoring import health
from programmes.accounts.views import ConfirmAddressView

handler404 = "mentoring.errors.page_not_found"
handler500 = "mentoring.errors.server_error"

urlpatterns = [
    # ProbesMiddleware answers these before; they stand here so that the map is whole.
    path("livez", health.livez, name="livez"),
    path("healthz", health.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    # Before allauth's page of the same name, which asks for neither session nor password.
    path("sign/confirm-email/<str:key>/", ConfirmAddressView.as_view(), name="account_confirm_email"),
    path("sign/", include("allauth.urls")),
    path("account/", include("programmes.accounts.urls")),
    path("mails/", include("programmes.notices.urls")),
    path("about/", include("programmes.common.urls")),
    path("directory/", include("programmes.participants.urls")),
    path("forms/", include("programmes.assessments.urls")),
    path("plans/", include("programmes.action_plans.urls")),
    path("conversations/", include("programmes.conversations.urls")),
    path("l/", include("programmes.links.urls")),
    path("documents/", include("programmes.reports.urls")),
    # These name their places themselves: programmes/… and partnerships/…, the front page.
    path("", include("programmes.practices.urls")),
    path("", include("programmes.benchmarks.urls")),
    path("", include("programmes.partnerships.urls")),
    path("", include("programmes.overview.urls")),
]
