"""What is typed into the rows of a year, and the file of an import."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget

from clusterportal.finance.enums import IncomeSource

# The rows of a new year: projects may be own or publicly funded, and be both in one year.
DEFAULT_ROWS = (*((source, False) for source in IncomeSource), (IncomeSource.PROJECTS, True))
MOST_BYTES = 1_000_000  # thousands of lines


@dataclass(frozen=True)
class TypedLine:
    """A row as it stands in the form at the moment."""

    is_public: bool
    plan: Decimal | None
    actual: Decimal | None


class _RowForm(forms.Form):
    source = forms.ChoiceField(choices=IncomeSource)
    is_publicly_funded = forms.BooleanField(required=False)
    plan = forms.DecimalField(required=False, max_digits=14, decimal_places=2, min_value=0)
    actual = forms.DecimalField(required=False, max_digits=14, decimal_places=2)
    DELETE = forms.BooleanField(required=False)


def typed_lines(data: Mapping[str, str]) -> list[TypedLine]:
    """The rows of the form on the page of a budget; what makes no sense yet is left out."""
    lines = []
    for number in range(len(DEFAULT_ROWS)):
        form = _RowForm(data, prefix=f"lines-{number}")
        form.is_valid()
        row = form.cleaned_data
        if "source" not in row or row.get("DELETE"):
            continue
        is_public = row["source"] == IncomeSource.PUBLIC_FUNDING or row["is_publicly_funded"]
        lines.append(TypedLine(is_public, row.get("plan"), row.get("actual")))
    return lines


class TableForm(forms.Form):
    """A budget as a CSV file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, at most 1 MB. One wrong row, and nothing is written."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.txt"}),
    )

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not in UTF-8: choose it when saving.")) from error
