"""What is typed into the rows of a year, and the file of an import."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from clusterportal.finance.domain.money import amount_text
from clusterportal.finance.domain.table import amount_of
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


class AmountField(forms.DecimalField):
    """An amount as it stands in people's tables: 38.400 and 38.400,50, or 38,400 and 38,400.50 in English."""

    widget = (
        UnfoldAdminTextInputWidget  # a field for numbers refuses what is pasted with marks between thousands
    )

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "decimal"}

    def prepare_value(self, value):
        return amount_text(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        if isinstance(value, str):
            mark = re.escape(get_format("THOUSAND_SEPARATOR"))
            if re.fullmatch(rf"[-−]?\d{{1,3}}({mark}\d{{3}})+", value.strip()):
                value = re.sub(mark, "", value)
            try:
                value = amount_of(value)
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return super().to_python(value)


class _RowForm(forms.Form):
    source = forms.ChoiceField(choices=IncomeSource)
    is_publicly_funded = forms.BooleanField(required=False)
    plan = AmountField(required=False, max_digits=14, decimal_places=2, min_value=0)
    actual = AmountField(required=False, max_digits=14, decimal_places=2)
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
    """A budget as a table."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel or OpenDocument, at most 1 MB. One wrong row, and nothing is written."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )

    def clean_file(self) -> UploadedFile:
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        return self.cleaned_data["file"]
