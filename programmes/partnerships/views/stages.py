"""Stages taken out of use: a programme's, and a partnership's own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ..forms.partnerships import RetireStageForm
from ..models import Stage
from ..selectors import partnerships_visible_to, stages_of, stages_with_own
from ..services.stages import restore_stage, retire_stage, standing_on
from .base import Act, FormPage
from .programmes import OfPart, stages_visible_to


class RetireStage(FormPage):
    """GET: where those move to that stand on the stage. POST: it is out of use."""

    model = Stage
    form_class = RetireStageForm
    template_name = "partnerships/stage_retire.html"
    done_message = gettext_lazy("The stage is no longer in use.")

    def other_stages(self) -> list[Stage]:
        raise NotImplementedError

    def get_form_kwargs(self):
        standing = standing_on(self.object).count()
        return super().get_form_kwargs() | {"standing": standing, "stages": self.other_stages()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(stage=self.object, cancel_url=self.get_success_url(), **kwargs)

    def carry_out(self, form):
        retire_stage(stage=self.object, by=self.request.user, move_to=form.cleaned_data.get("move_to"))


class OwnStageRetire(RetireStage):
    """Takes a stage of this partnership alone off its way."""

    permission_required = "partnerships.record_stage"

    @staticmethod
    def selector(access):
        rows = Stage.objects.filter(partnership__in=partnerships_visible_to(access), retired=False)
        return rows.select_related("partnership__programme", "programme", "after")

    def get_permission_object(self):
        return self.object.partnership

    def other_stages(self):
        return [stage for stage in stages_with_own(self.object.partnership) if stage.pk != self.object.pk]

    def get_success_url(self):
        return reverse("partnerships:dates", args=[self.object.partnership_id])


class StageRetire(RetireStage):
    """Takes a stage of a programme out of use."""

    permission_required = "partnerships.change_programme"

    @staticmethod
    def selector(access):
        return stages_visible_to(access).filter(retired=False)

    def get_permission_object(self):
        return self.object.programme

    def other_stages(self):
        return [stage for stage in stages_of(self.object.programme) if stage.pk != self.object.pk]

    def get_success_url(self):
        return reverse("partnerships:stages", args=[self.object.programme_id])


class StageRestore(OfPart, Act):
    """Puts a stage of a programme back into use."""

    model = Stage
    selector = staticmethod(stages_visible_to)
    back = "partnerships:stages"

    def act(self):
        restore_stage(stage=self.object, by=self.request.user)
