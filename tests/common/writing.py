"""The smallest pages with a box that saves as you type: addresses of a site of their own for the tests.

`/write/<pk>/` the box, `…/save/`, `…/history/`, `…/here/` what belongs to it; everything else is the real site's.
"""

from django.forms import Form
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path, reverse
from django.views.generic import View

from mentoring.urls import handler500  # noqa: F401
from programmes.accounts.models import User
from programmes.assessments.models import Answer
from programmes.common.autosave import AutosaveView, HistoryView, PresenceView, SavedBox, language_offer
from programmes.common.kinds import KINDS, Box
from programmes.common.views import SignedInMixin

PAGE = """{% extends "base.html" %}
{% block title %}Writing{% endblock %}
{% block heading %}Writing{% endblock %}
{% block content %}
<div data-presence="{% url 'here' row.pk %}" aria-live="polite"></div>
<form class="autosave" data-autosave action="{% url 'save' row.pk %}" method="post" data-revision="{{ row.revision }}"
      data-box="text" autocomplete="off">
  {% csrf_token %}
  <input type="hidden" name="base" value="{{ row.revision }}">
  <label for="value">Text</label>
  <div class="writing">
    <textarea id="value" name="value" class="form-control" data-grow data-paste="markup">{{ row.value }}</textarea>
  </div>
  <output class="save-state" aria-live="polite"></output>
  <button type="submit" data-without-script>Save</button>
</form>
{% endblock %}
{% block scripts %}{% include "common/_autosave_texts.html" %}{% endblock %}
"""


class Page(SignedInMixin, View):
    def get(self, request, pk):
        page = engines["django"].from_string(PAGE)
        return HttpResponse(page.render({"row": Answer.objects.get(pk=pk)}, request))


class RowMixin:
    def get_row(self) -> Answer:
        return Answer.objects.get(pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("write", args=[self.kwargs["pk"]])

    get_back_url = get_success_url


class Save(SignedInMixin, RowMixin, AutosaveView):
    def offered_language(self, saved):
        return language_offer(saved.value, self.row.language, ())


class History(SignedInMixin, RowMixin, HistoryView):
    def get_title(self) -> str:
        return "Housing"


class Presence(SignedInMixin, RowMixin, PresenceView):
    kind = "answer"

    def get_place(self):
        return self.kwargs["pk"], User.objects.all()

    def get_revisions(self):
        return {"text": self.get_row().revision}

    def get_boxes(self, names):
        if "text" in names:
            yield SavedBox("text", self.get_row(), KINDS["text"], Box("text", "text"))


class Echo(View):
    """Tells what came in after cleaning."""

    def post(self, request, **kwargs):
        form = Form(request.POST)
        return HttpResponse(repr(sorted(form.data.lists())))


urlpatterns = [
    path("write/<int:pk>/", Page.as_view(), name="write"),
    path("write/<int:pk>/save/", Save.as_view(), name="save"),
    path("write/<int:pk>/history/", History.as_view(), name="history"),
    path("write/<int:pk>/here/", Presence.as_view(), name="here"),
    path("echo/", Echo.as_view(), name="echo"),
    path("", include("mentoring.urls")),
]
