"""One box: saving, translating, its history, and who else writes here."""

from dataclasses import replace

import rules
from django.http import Http404

from programmes.accounts.models import User
from programmes.common import revisions
from programmes.common.autosave import AutosaveView, HistoryView, PresenceView, SavedBox, TextValueForm, language_offer

from .. import structure
from ..boundary import keeps, writers_of, writing_of
from ..boxes import box_of, kind_of
from ..models import Answer
from ..pages.choices import likely_languages
from ..services import answers as services
from ..wording import worded
from .base import BoxMixin, ResponseMixin


class AnswerSave(BoxMixin, AutosaveView):
    """Saves what stands in one box."""

    def get_row(self):
        """Only named here: the service makes or reads it, and locks it."""
        return Answer(response=self.object, part_key=self.part.key)

    def get_success_url(self):
        return self.page_url()

    def get_value_form(self, data):
        label = worded(self.part.label, self.object.enrolment.programme.variables)
        self.value_form = kind_of(self.part).form(box_of(self.part), data=data, label=label)
        return self.value_form

    def show_value(self, value):
        return kind_of(self.part).compared(value, box_of(self.part))

    def read_base(self, text):
        return kind_of(self.part).untyped(text)

    def stored(self, row):
        return Answer.objects.filter(response=row.response, part_key=row.part_key).first()

    def save_value(self, row, *, base, base_value, value, access):
        self.row, saved = services.save_answer(
            response=self.object,
            part=self.part,
            base=base,
            base_value=base_value,
            value=value,
            access=access,
            language=self.value_form.cleaned_data.get("language") or None,
        )
        return replace(saved, value=self.show_value(saved.value))

    def offered_language(self, saved):
        if not kind_of(self.part).has_language:
            return None
        likely = dict(likely_languages(self.object, self.request.access))
        return language_offer(saved.value, self.row.language, likely)


class TranslationSave(BoxMixin, AutosaveView):
    """Saves the translation beside one answer; `base` is the revision of the answer that was translated."""

    def get_row(self):
        return _written(self)

    def get_success_url(self):
        return self.page_url()

    def get_value_form(self, data):
        return TextValueForm(data)

    def has_arrived(self, row, *, value, base_value, access):
        return revisions.holds_translation(row, text=value, base_text=base_value)

    def save_value(self, row, *, base, base_value, value, access):
        return services.translate_answer(
            answer=row, part=self.part, text=value, of=base, base_text=base_value, access=access
        )


class AnswerHistory(BoxMixin, HistoryView):
    """Earlier texts of one box; restoring makes a new revision, for those who may write."""

    permission_required = "assessments.read_history"

    def get_row(self):
        return _written(self)

    def get_back_url(self):
        return self.page_url()

    def get_title(self):
        return worded(self.part.question.title, self.object.enrolment.programme.variables)

    def may_restore(self):
        writes = rules.has_perm("assessments.write_section", self.request.access, self.permission_object)
        return writes and services.is_asked(self.object, self.part)

    def show_value(self, value):
        return kind_of(self.part).markup(value, box_of(self.part))

    def restore_value(self, row, *, revision, access):
        return services.restore_answer(answer=row, part=self.part, revision=revision, access=access)


class FormPresence(ResponseMixin, PresenceView):
    """Who else of the same team has this form open."""

    permission_required = "assessments.write_response"

    @property
    def kind(self):
        return f"response-{self._writing.party}"

    def get_place(self):
        members = writers_of(self.object, self._writing)
        return self.object.pk, User.objects.filter(person__team_places__in=members).distinct()

    def get_revisions(self):
        return dict(self._answers(self._parts).values_list("part_key", "revision"))

    def get_boxes(self, names):
        parts = {key: part for key, part in self._parts.items() if key in names}
        for answer in self._answers(parts).select_related("updated_by"):
            part = parts[answer.part_key]
            yield SavedBox(part.key, answer, kind_of(part), box_of(part))

    def _answers(self, parts):
        return Answer.objects.filter(response=self.object, part_key__in=parts)

    @property
    def _parts(self):
        """What the person writes of this form, by key."""
        asked = structure.parts_of(self.object.questionnaire_version)
        return {key: part for key, part in asked.items() if writes_in(self._writing, self.object, part)}

    @property
    def _writing(self):
        return writing_of(self.request.access, self.object)


def writes_in(writing, response, part):
    section = part.question.section
    return keeps(response, section) and writing.writes(section)


def _written(view: BoxMixin) -> Answer:
    found = Answer.objects.filter(response=view.object, part_key=view.part.key).select_related("response").first()
    if found is None:
        raise Http404
    found.response = view.object
    return found
