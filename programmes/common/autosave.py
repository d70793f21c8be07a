"""Views of boxes that save as you type: saving, who else is here, history. Each app gives its rows and forms.

The protocol is the same with and without JavaScript: a POST of `base` (the revision the page showed) and the fields
of the value. A script asks for `application/json`; a plain form is redirected, or gets a page with both texts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Max, TextField
from django.db.models.functions import Cast, Length
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from programmes.common import presence, revisions
from programmes.common.access import Access
from programmes.common.diffing import MOST_STEPS, word_diff
from programmes.common.errors import Refusal
from programmes.common.fields import LongTextField
from programmes.common.guessing import guess
from programmes.common.kinds import Box, Kind
from programmes.common.languages import endonym
from programmes.common.models import RevisionedValue
from programmes.common.revisions import Conflict, Saved
from programmes.common.text import LONGEST_TEXT

# Entries on a page of a history: fewer where texts are so long that the page would have more characters than this.
ENTRIES_A_PAGE, FEWEST_ENTRIES = 20, 2
MOST_CHARACTERS_A_PAGE = 200_000
# So much of the whole texts of one page of a history is shown with its markup; the rest stands as it was typed.
MOST_CHARACTERS_MARKED_UP = 60_000
MOST_REVISIONS = 2**31 - 1
# Of what a page asks of its boxes: a name, and how many at once.
LONGEST_NAME, MOST_BOXES = 100, 300


def wants_json(request: HttpRequest) -> bool:
    """A script of ours asks; a browser that sends a form accepts HTML."""
    return request.accepts("application/json") and not request.accepts("text/html")


class TextValueForm(forms.Form):
    """The value of a long text."""

    value = LongTextField(
        label=gettext_lazy("Text"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 12})
    )


class BaseForm(forms.Form):
    """What each save says about where it started: the revision and, from the script, the text as the page had it."""

    base = forms.IntegerField(min_value=0, max_value=MOST_REVISIONS)
    base_value = forms.CharField(required=False, strip=False, max_length=LONGEST_TEXT)

    def base_text(self) -> str | None:
        return self.cleaned_data["base_value"] if "base_value" in self.data else None


class AutosaveView(View):
    """Saves one box. Put it after the permission mixin: `class AnswerSave(ObjectPermissionMixin, AutosaveView)`.

    Subclasses give `get_row()` and `get_success_url()`; for values that are no long text also `get_value_form()`,
    `read_base()` and `show_value()`; where the app has a service of its own, `save_value()`. A POST with `arrived`
    saves nothing: it is answered whether what it holds was saved already, when its page was closed for example.
    """

    http_method_names = ["get", "post", "options"]

    def get_row(self) -> RevisionedValue:
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Where a plain form goes on: the page of the box, with its anchor."""
        raise NotImplementedError

    def get_value_form(self, data: Any) -> forms.Form:
        """A form whose cleaned `value` is what is stored."""
        return TextValueForm(data)

    def read_base(self, text: str) -> Any:
        """What the page had, as it is stored."""
        return text

    def show_value(self, value: Any) -> str:
        """A value as text, to lay two side by side."""
        return as_text(value)

    def has_arrived(self, row: RevisionedValue, *, value: Any, base_value: Any, access: Access) -> bool:
        """Called with a row that may only be named: nothing has arrived in one that does not exist."""
        stored = self.stored(row)
        return stored is not None and revisions.holds(stored, value=value, base_value=base_value, by=access.user)

    def stored(self, row: RevisionedValue) -> RevisionedValue | None:
        return row if row.pk else None

    def save_value(self, row: RevisionedValue, *, base: int, base_value: Any, value: Any, access: Access) -> Saved:
        """Calls the service; may raise Conflict or another Refusal."""
        return revisions.save(row, base=base, base_value=base_value, value=value, by=access.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody followed the address of a save, after signing in for example: the page of the box instead."""
        return redirect(self.get_success_url())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row = self.get_row()
        start, form = BaseForm(request.POST), self.get_value_form(request.POST)
        if not (start.is_valid() & form.is_valid()):
            return self.invalid(form, start)
        text = start.base_text()
        typed = {
            "value": form.cleaned_data["value"],
            "base_value": None if text is None else self.read_base(text),
            "access": request.access,
        }
        if "arrived" in request.POST:
            return JsonResponse({"arrived": self.has_arrived(self.row, **typed)})
        try:
            saved = self.save_value(self.row, base=start.cleaned_data["base"], **typed)
        except Conflict as conflict:
            return self.conflict(conflict, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.invalid(form, start)
        return self.saved(saved)

    def saved(self, saved: Saved) -> HttpResponse:
        if wants_json(self.request):
            offer = {"language_guess": self.offered_language(saved)}
            return JsonResponse(
                {"revision": saved.revision, "value": saved.value, "merged": saved.merged, **offer, **self.when()}
            )
        if saved.merged:
            messages.success(self.request, _("Saved, together with what somebody else wrote meanwhile."))
        else:
            messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())

    def offered_language(self, saved: Saved) -> dict[str, str] | None:
        """Another language than the one that is set, if the words seem to be in it; see `language_offer`."""
        return None

    def when(self) -> dict[str, str]:
        at = self.row.updated_at or timezone.now()
        return {"saved_at": time_format(timezone.localtime(at), "TIME_FORMAT"), "by": str(self.row.updated_by or "")}

    def invalid(self, form: forms.Form, start: BaseForm) -> HttpResponse:
        """Everything typed comes back. A base that makes no sense becomes 0: a later save then compares, and asks."""
        if wants_json(self.request):
            return JsonResponse({"errors": start.errors | form.errors}, status=422)
        context = {
            "form": form,
            "is_base_unsaid": bool(start.errors),
            "base_revision": start.cleaned_data.get("base", 0),
            "back_url": self.get_success_url(),
        }
        return render(self.request, "common/autosave_invalid.html", context, status=422)

    def conflict(self, conflict: Conflict, form: forms.Form) -> HttpResponse:
        texts = self.conflict_texts(conflict)
        if wants_json(self.request):
            both = conflict.both
            texts["both"] = None if both is None else self.show_value(both)
            return JsonResponse(texts | {"revision": conflict.revision}, status=409)
        context = texts | {"form": form, "base_revision": conflict.revision, "back_url": self.get_success_url()}
        return render(self.request, "common/conflict.html", context | {"carried": self.carried()}, status=409)

    def conflict_texts(self, conflict: Conflict) -> dict[str, str | None]:
        """Base, theirs and mine as text, and what each changed, as HTML."""
        base = None if conflict.base_value is None else self.show_value(conflict.base_value)
        theirs, mine = self.show_value(conflict.theirs), self.show_value(conflict.mine)
        return {
            "base": base,
            "theirs": theirs,
            "mine": mine,
            "theirs_by": conflict.theirs_by,
            "theirs_diff": word_diff(theirs if base is None else base, theirs),
            "mine_diff": word_diff(theirs if base is None else base, mine),
        }

    def carried(self) -> list[tuple[str, str]]:
        """The fields as they came, for a form that sends them again on top of the newer text."""
        left_out = {"base", "base_value", "csrfmiddlewaretoken"}
        return [(name, value) for name, values in self.request.POST.lists() if name not in left_out for value in values]


@dataclass(frozen=True)
class SavedBox:
    """A box of a page with what is saved in it; `name` as in the page's `data-box`."""

    name: str
    row: RevisionedValue
    kind: Kind
    box: Box


def language_offer(words: Any, language: str, likely: Iterable[str]) -> dict[str, str] | None:
    """The language to offer to somebody who wrote these words, which are said to be in `language`."""
    code = guess(str(words), likely)
    return None if code in (None, language) else {"code": code, "name": endonym(code)}


class PresenceView(View):
    """POST: I am here, and type in the box `box` if in any; who else is, and has anything been saved since? With
    `leave`: I am gone. GET: what is saved in each `box`. Put it after the permission mixin.

    The reply to a POST holds the revisions of all boxes, or nothing of them where they are as the page has been told:
    it sends back the `known` that came with them. One page asks every few seconds, so all of it stays small."""

    http_method_names = ["get", "post", "options"]
    kind = ""

    def get_place(self) -> tuple[int, Iterable]:
        """The id of what is written in, and the users who may write there."""
        raise NotImplementedError

    def get_revisions(self) -> dict[str, int]:
        """The revision of every box that the person writes, by its name."""
        return {}

    def get_boxes(self, names: set[str]) -> Iterable[SavedBox]:
        """Those of these boxes that the person writes, with `updated_by`."""
        return ()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        place, writers = self.get_place()
        if "leave" in request.POST:
            presence.leave(self.kind, place, request.user)
            return JsonResponse({"others": []})
        presence.touch(self.kind, place, request.user, request.POST.get("box", "")[:LONGEST_NAME])
        there = presence.others(self.kind, place, request.user, writers)
        return JsonResponse(
            {"others": sorted(str(person) for person in there), "typing": _by_box(there)} | self._news(request)
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        names = set(request.GET.getlist("box")[:MOST_BOXES])
        return JsonResponse({"boxes": {found.name: as_fields(found) for found in self.get_boxes(names)}})

    def _news(self, request: HttpRequest) -> dict[str, Any]:
        revisions_now = self.get_revisions()
        known = sha256(repr(sorted(revisions_now.items())).encode()).hexdigest()[:16]
        return {} if known == request.POST.get("known") else {"revisions": revisions_now, "known": known}


def _by_box(there: dict[Any, str]) -> dict[str, list[str]]:
    """The names of those who type, by the box they type in."""
    found: dict[str, list[str]] = {}
    for person, box in there.items():
        if box:
            found.setdefault(box, []).append(str(person))
    return {box: sorted(names) for box, names in found.items()}


def as_fields(found: SavedBox) -> dict[str, Any]:
    """What is saved in a box as its page's form has it, with who saved it when."""
    row, kind = found.row, found.kind
    fields = kind.initial(row.value) | ({"language": row.language} if kind.has_language and row.language else {})
    at = row.updated_at and time_format(timezone.localtime(row.updated_at), "TIME_FORMAT")
    return {
        "revision": row.revision,
        "fields": {name: str(value) for name, value in fields.items()},
        "words": kind.compared(row.value, found.box),
        "by": str(row.updated_by or ""),
        "saved_at": at or "",
    }


class HistoryView(View):
    """GET: the earlier texts of a box with what each changed. POST `revision`: makes that one the newest again."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "common/history.html"

    def get_row(self) -> RevisionedValue:
        raise NotImplementedError

    def get_back_url(self) -> str:
        raise NotImplementedError

    def get_title(self) -> str:
        """What the text is about, for example the question."""
        raise NotImplementedError

    def may_restore(self) -> bool:
        return True

    def show_value(self, value: Any) -> str:
        return as_text(value)

    def restore_value(self, row: RevisionedValue, *, revision: int, access: Access) -> Saved:
        """Calls the service; may raise a Refusal."""
        return revisions.restore(row, revision=revision, by=access.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.get_row()
        page = Paginator(revisions.history(row), entries_a_page(row)).get_page(request.GET.get("page"))
        context = {
            "row": row,
            "title": self.get_title(),
            "entries": with_changes(page, self.show_value),
            "page_obj": page,
            "may_restore": self.may_restore(),
            "back_url": self.get_back_url(),
        }
        return render(request, self.template_name, context)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        chosen = forms.IntegerField(min_value=1, max_value=MOST_REVISIONS)
        try:
            revision = chosen.clean(request.POST.get("revision"))
            self.restore_value(self.get_row(), revision=revision, access=request.access)
        except (Refusal, forms.ValidationError):
            messages.error(request, revisions.NoSuchRevision.message)
        else:
            messages.success(
                request, _("The earlier text is the newest again; the one before it stays in the history.")
            )
        return redirect(self.get_back_url())


def entries_a_page(row: RevisionedValue) -> int:
    """How many entries of this history make a page that is not too long to write or to read."""
    longest = row.history.aggregate(longest=Max(Length(Cast("value", TextField()))))["longest"] or 1
    return max(FEWEST_ENTRIES, min(ENTRIES_A_PAGE, MOST_CHARACTERS_A_PAGE // longest))


def with_changes(page: Page, show: Callable[[Any], str]) -> list[dict[str, Any]]:
    """The entries of a page, newest first, each with its text and its difference from the one before it.

    However many entries, a page takes about as long as one difference and one text of full length."""
    start, size = max(page.start_index() - 1, 0), page.paginator.per_page
    entries = list(page.paginator.object_list[start : start + size + 1])
    texts = [show(entry.value) for entry in entries] + [""]
    steps = MOST_STEPS // max(len(entries), 1)
    read = list(accumulate(len(text) for text in texts))
    return [
        {
            "entry": entry,
            "text": texts[place],
            "as_typed": read[place] > MOST_CHARACTERS_MARKED_UP,
            "changes": word_diff(texts[place + 1], texts[place], most_steps=steps),
            "is_current": start + place == 0,
        }
        for place, entry in enumerate(entries[:size])
    ]


def as_text(value: Any) -> str:
    """Any stored value in a readable shape: a list as list, a dictionary line by line."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {item}" for key, item in value.items() if item not in (None, ""))
    if isinstance(value, list):
        return "\n".join(f"- {item}" for item in value)
    return "" if value is None else str(value)
