"""What people say about the rows of one page of the preview: decided, left out, kept as it is, repaired."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from clusterportal.imports.cells_form import cell_widget
from clusterportal.imports.domain.choices import kept_columns
from clusterportal.imports.domain.repairs import MAX_CHARACTERS
from clusterportal.imports.enums import NEW
from clusterportal.imports.forms import Select
from clusterportal.imports.models import ImportRow
from clusterportal.intake.plan import LEFT_OUT, Outcome

_CAN_BE_LEFT_OUT = (Outcome.NEW, Outcome.CHANGED)


class Ticks(forms.MultipleChoiceField):
    """Columns of one row that are written; those not ticked keep what the registry holds."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value) -> bool:
        return (
            True  # the registry may have changed since the page was shown: what is no change is passed over
        )


class RowsForm(forms.Form):
    """For each row a decision where it may mean an actor, else a tick; ticks for its fields; its bad cells."""

    def __init__(self, *args, rows: Iterable[ImportRow], everywhere: Iterable[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.everywhere = [*rows], {*everywhere}
        for row in self.rows:
            if row.candidates:
                self._add_decision(row)
            elif row.outcome in _CAN_BE_LEFT_OUT:
                self.fields[f"t{row.number}"] = forms.BooleanField(
                    required=False, initial=row.decision != LEFT_OUT
                )
            if row.outcome == Outcome.CHANGED:
                changed = changed_columns(row)
                kept = kept_columns([*row.kept, *self.everywhere], changed)
                self.fields[f"f{row.number}"] = Ticks(
                    required=False, initial=[column for column in changed if column not in kept]
                )
            for place, (heading, text) in enumerate(row.cells if row.outcome == Outcome.INVALID else ()):
                self.fields[f"r{row.number}-{place}"] = forms.CharField(
                    label=heading,
                    required=False,
                    strip=False,
                    initial=text,
                    max_length=MAX_CHARACTERS,
                    widget=cell_widget(text),
                )

    def _add_decision(self, row: ImportRow) -> None:
        same = [
            (str(pk), _("the same as %(title)s") % {"title": title}) for pk, title, *_why in row.candidates
        ]
        self.fields[f"d{row.number}"] = Select(
            label=row.title,
            required=False,
            initial=row.decision,
            choices=[
                ("", _("not decided: left out")),
                *same,
                (NEW, _("really a new one")),
                (LEFT_OUT, _("leave out")),
            ],
            widget=UnfoldAdminSelectWidget(attrs={"aria-label": row.title}),
        )

    def decision(self, row: ImportRow) -> str:
        """What becomes of the row: the chosen one, or whether it is left out."""
        if (name := f"d{row.number}") in self.fields:
            return self.cleaned_data.get(name, "")
        if (name := f"t{row.number}") in self.fields:
            return "" if self.cleaned_data.get(name) else LEFT_OUT
        return row.decision

    def kept(self, row: ImportRow) -> list[str]:
        """The columns in which the row's record keeps what it holds; for all rows together it is said elsewhere."""
        if (name := f"f{row.number}") not in self.fields:
            return row.kept
        ticked = self.cleaned_data.get(name, [])
        shown = [column for column in changed_columns(row) if column not in self.everywhere]
        return [column for column in shown if column not in ticked]

    def repaired(self, row: ImportRow) -> Mapping[str, str]:
        """What stands in the fields of the row's bad cells, by heading."""
        return {
            heading: self.cleaned_data[name]
            for place, (heading, _text) in enumerate(row.cells)
            if (name := f"r{row.number}-{place}") in self.fields and name in self.data
        }


def changed_columns(row: ImportRow) -> list[str]:
    """The columns that a row changes, in the order of its changes."""
    return [*dict.fromkeys(column for column, _before, _after in row.changes)]
