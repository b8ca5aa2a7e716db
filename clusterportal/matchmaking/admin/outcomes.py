"""What came of the talks: held or not, and which cooperation began."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from clusterportal.matchmaking.admin.desk import event_for, page
from clusterportal.matchmaking.domain.on_the_day import record_outcome
from clusterportal.matchmaking.domain.releasing import standing_plan
from clusterportal.matchmaking.enums import TalkStatus
from clusterportal.matchmaking.models import Talk

_FIELDS = ("status", "outcome", "project_started_on")


class OutcomeForm(forms.ModelForm):
    """One talk."""

    class Meta:
        model = Talk
        fields = _FIELDS
        widgets = {
            "status": UnfoldAdminSelectWidget,
            "outcome": UnfoldAdminTextInputWidget,
            "project_started_on": UnfoldAdminDateWidget(attrs={"type": "date"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # the head of the column is no label to a screen reader
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("project_started_on") and cleaned.get("status") != TalkStatus.KEPT:
            self.add_error(
                "project_started_on", gettext_lazy("Only a talk that was held can lead to a cooperation.")
            )
        return cleaned


@csrf_protect
def show_outcomes(request, pk: int):
    event = event_for(request, pk, to_organise=True)
    plan = standing_plan(event)
    talks = list(plan.talks.named()) if plan else []
    data = request.POST if request.method == "POST" else None
    forms_ = [OutcomeForm(data, instance=talk, prefix=str(talk.pk)) for talk in talks]
    is_valid = [form.is_valid() for form in forms_]  # each says what is wrong with it
    if data is not None and all(is_valid):
        changed = [form for form in forms_ if form.has_changed()]
        try:
            with transaction.atomic():
                for form in changed:
                    record_outcome(talk=form.instance, by=request.user, **form.cleaned_data)
        except IntegrityError:  # of `talk_table_once`
            text = _(
                "Nothing is kept yet: the table of a talk that was missed has been given to another talk."
            )
            messages.error(request, text)
        else:
            text = ngettext("%(count)d outcome is kept.", "%(count)d outcomes are kept.", len(changed))
            messages.success(request, text % {"count": len(changed)})
            return redirect(request.path)
    elif data is not None:
        messages.error(request, _("Nothing is kept yet: please look at the marked lines."))
    return page(request, event, "outcomes", plan=plan, forms=forms_)
