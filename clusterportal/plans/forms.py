"""Forms of action plans: addresses made from titles, evidence that the directory understands, reasons."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from clusterportal.core.admin import NamedForm
from clusterportal.plans.filters import evidence_count, query_of
from clusterportal.plans.models import ActionPlan

REASON_LENGTH = 300


class TitledForm(NamedForm):
    named_by = "title"


class FindingForm(forms.ModelForm):
    """A finding: its evidence may be given as the whole address of a filtered directory."""

    def clean_query(self) -> str:
        query = query_of(self.cleaned_data["query"])
        if query and evidence_count(query) is None:
            raise ValidationError(
                _("The directory does not understand this. Copy the address of a filtered directory, please.")
            )
        return query


class IntoActionForm(forms.Form):
    """In which action of a plan a proposed actor takes part."""

    action: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label=_("Action"),
        required=False,
        empty_label=_("A new one: win proposed actors over"),
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args, plan: ActionPlan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = plan.actions.all()  # type: ignore[attr-defined]


class DismissForm(forms.Form):
    """Why an actor is proposed no more."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "class": "ap-sentence"}),
        help_text=_("For the teams of the plan; it is never public."),
    )
