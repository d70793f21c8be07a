"""Writing once to a pair or to many, and reading what was written."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from programmes.common.views import VisibleObjectMixin

from ..enums import Addressees
from ..forms.letters import LetterForm
from ..models import Letter, Partnership, Programme
from ..selectors import partnerships_visible_to, programmes_visible_to
from ..selectors.letters import letters_visible_to
from ..services import letters as services
from .base import FormPage


class _Write(FormPage):
    permission_required = "partnerships.write_letters"
    form_class = LetterForm
    template_name = "partnerships/letter_form.html"
    done_message = _("Your letter is on its way to each of them.")

    def get_success_url(self):
        return reverse("partnerships:letter", args=[self.letter.pk])


class WriteToMany(_Write):
    """To the cities or associations of all partnerships that one looks after in the programme."""

    model = Programme
    selector = staticmethod(programmes_visible_to)

    def carry_out(self, form):
        data = form.cleaned_data
        self.letter = services.write(programme=self.object, access=self.request.access, form_key=form.key, **data)


class WriteToPair(_Write):
    model = Partnership
    selector = staticmethod(partnerships_visible_to)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"pair": True}

    def carry_out(self, form):
        self.letter = services.write(
            programme=self.object.programme,
            partnership=self.object,
            to=Addressees.PAIR,
            access=self.request.access,
            form_key=form.key,
            **form.cleaned_data,
        )


class LetterPage(VisibleObjectMixin, DetailView):
    """For those to whom it was written, each of whom sees only themselves, and who wrote it."""

    model = Letter
    selector = staticmethod(letters_visible_to)
    template_name = "partnerships/letter.html"
    context_object_name = "letter"
