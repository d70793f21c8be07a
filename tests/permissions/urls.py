"""The map of the site with bare refusals: the table asks thousands of times, the pages themselves have other tests."""

from django.http import HttpRequest, HttpResponse

from mentoring.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)
