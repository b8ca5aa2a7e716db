"""Values as people enter them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from clusterportal.core.indicator import Reason
from clusterportal.kpis.domain.due import Due
from clusterportal.kpis.domain.periods import name_of, period_of
from clusterportal.kpis.domain.sources import names_of_figures
from clusterportal.kpis.models import FIRST_DAY, LAST_DAY, KpiValue

# What people can say of a missing value; the other reasons are found by computing.
_SAID = (Reason.NOT_RECORDED, Reason.NOT_DEFINED)


class KpiForm(forms.ModelForm):
    """An indicator; what it can be computed from is chosen by name, as nobody knows the codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            former = {code: code for code in [self.instance.indicator] if code}
            named = former | names_of_figures()
            self.fields["indicator"] = forms.ChoiceField(
                label=self.fields["indicator"].label,
                help_text=self.fields["indicator"].help_text,
                required=False,
                choices=[("", "–"), *named.items()],
                widget=UnfoldAdminSelectWidget,
            )


class DueForm(forms.Form):
    """One value that is due. Left empty it stays due."""

    value = forms.DecimalField(
        label=gettext_lazy("Value"),
        required=False,
        max_digits=18,
        decimal_places=4,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Or why there is none"),
        required=False,
        choices=[("", "–"), *((reason.value, reason.label) for reason in _SAID)],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        required=False,
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args, due: Due, **kwargs):
        kwargs["prefix"] = f"{due.kpi.pk}-{due.period.start.isoformat()}"
        super().__init__(*args, **kwargs)
        self.due = due
        self.period_name = name_of(due.period, due.kpi.frequency)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{due.kpi.name}, {self.period_name}: {field.label}"

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("value") is not None and said.get("reason"):
            raise forms.ValidationError(_("Enter a value, or the reason why there is none."))
        if said.get("note") and not self.says_something:
            raise forms.ValidationError(_("Enter a value, or the reason why there is none."))
        return said

    @property
    def says_something(self) -> bool:
        said = self.cleaned_data
        return said.get("value") is not None or bool(said.get("reason"))


class ValueForm(forms.ModelForm):
    """A value on the page of its indicator; any day names the period that it lies in."""

    class Meta:
        model = KpiValue
        fields = ["starts_on", "value", "reason", "note"]

    def clean(self):
        super().clean()
        said = self.cleaned_data
        kpi, day = said.get("kpi"), said.get("starts_on")
        # Of a new indicator, as its own form says; what is out of range, the model refuses.
        if day and FIRST_DAY <= day <= LAST_DAY and kpi and kpi.frequency:
            period = period_of(day, kpi.frequency)
            said["starts_on"] = period.start
            self.instance.until, self.instance.as_of = period.until, period.last_day
        return said
