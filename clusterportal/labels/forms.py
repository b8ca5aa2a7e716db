"""Forms of the room: which lists a cluster goes by, what its management says of each criterion, a label."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from clusterportal.core.admin import TextField
from clusterportal.core.file_fields import ManyFilesField, ManyFilesInput
from clusterportal.labels.domain.assessing import HIGHEST_SCORE, OwnView
from clusterportal.labels.domain.label_status import fill_term, is_too_late
from clusterportal.labels.domain.rules import RULES
from clusterportal.labels.enums import CriterionKind, Verdict
from clusterportal.labels.models import CriteriaSet, Criterion, Label

REMARK_LENGTH = 1000


class SetsForm(forms.Form):
    sets: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        CriteriaSet.objects.all(),
        label=gettext_lazy("Lists of criteria"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AssessmentForm(forms.Form):
    """Fields for each criterion, named by its code: verdict or score, remark, files."""

    remark = TextField(
        label=gettext_lazy("Remark on the whole"),
        required=False,
        max_length=5000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args, criteria: Iterable[Criterion], **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for one in self.criteria:
            self._add(one)

    def _add(self, criterion: Criterion) -> None:
        code, name = criterion.code, {"aria-describedby": f"c-{criterion.code}"}
        if criterion.kind == CriterionKind.MANUAL:
            self.fields[f"verdict:{code}"] = forms.ChoiceField(
                label=_("Own verdict"),
                required=False,
                choices=[("", "–"), *Verdict.choices],
                widget=UnfoldAdminSelectWidget(attrs=name),
            )
        if criterion.kind == CriterionKind.SCORED:
            self.fields[f"score:{code}"] = forms.IntegerField(
                label=_("Own score, 0 to 100"),
                required=False,
                min_value=0,
                max_value=HIGHEST_SCORE,
                widget=UnfoldAdminIntegerFieldWidget(attrs=name),
            )
        self.fields[f"remark:{code}"] = forms.CharField(
            label=_("Remark"),
            required=False,
            max_length=REMARK_LENGTH,
            widget=UnfoldAdminTextInputWidget(attrs=name),
        )
        self.fields[f"files:{code}"] = ManyFilesField(
            label=_("Proof"),
            required=False,
            widget=ManyFilesInput(attrs={"class": "ap-file", **name}),
        )

    def fields_of(self, code: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.endswith(f":{code}")]

    def own_views(self) -> dict[str, OwnView]:
        """What was said, by the code of the criterion; of a valid form."""
        said = self.cleaned_data
        return {
            one.code: OwnView(
                said.get(f"verdict:{one.code}", ""),
                said.get(f"score:{one.code}"),
                said[f"remark:{one.code}"],
                tuple(said[f"files:{one.code}"]),
            )
            for one in self.criteria
        }


def first_values(findings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What a new assessment begins with: what was said in the last one, its files aside."""
    values: dict[str, Any] = {}
    for one in findings:
        code = one["code"]
        values |= {f"score:{code}": one["score"], f"remark:{code}": one["remark"]}
        if one["kind"] == CriterionKind.MANUAL:
            values[f"verdict:{code}"] = one["verdict"]
    return values


class LabelForm(forms.ModelForm):
    """A label; what is left empty of its validity is filled in by the rules."""

    class Meta:
        model = Label
        fields = [
            "cluster",
            "kind",
            "assessed_on",
            "renews",
            "valid_from",
            "valid_until",
            "certificate",
            "is_example",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "valid_from" in self.fields:  # not for those who may only read
            self.fields["valid_from"].required = False

    def clean(self):
        said = super().clean() or self.cleaned_data
        former, kind, cluster = said.get("renews"), said.get("kind"), said.get("cluster")
        if former and (former.kind, former.cluster_id) != (kind, cluster and cluster.pk):
            self.add_error("renews", _("A label renews one of the same kind and cluster."))
        elif former and former.pk == self.instance.pk:
            self.add_error("renews", _("A label does not renew itself."))
        if self.errors or not said.get("assessed_on"):
            return said
        draft = Label(**{name: said.get(name) for name in _TERM}, kind=kind or "")
        if is_too_late(draft):
            self.add_error(
                "renews",
                _("On the day of the assessment it could no longer be renewed: enter a first label."),
            )
        elif fill_term(draft):
            self.add_error("valid_until", _("No public rule says how long it is valid: see the certificate."))
        else:
            said["valid_from"], said["valid_until"] = draft.valid_from, draft.valid_until
        return said


_TERM = ("assessed_on", "renews", "valid_from", "valid_until")


class CriterionForm(forms.ModelForm):
    """Of a computed criterion the rules to choose from."""

    rule = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        required=False,
        choices=[("", "–"), *((code, code) for code in RULES)],
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = Criterion
        exclude: list[str] = []
