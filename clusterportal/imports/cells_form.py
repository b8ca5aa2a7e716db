"""All cells of one row as fields, under the headings of the table."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from clusterportal.imports.domain.repairs import MAX_CHARACTERS

_LONG = 80  # characters; longer texts are shown on several lines


def cell_widget(text: str) -> forms.Widget:
    """A field for one cell; one of several lines where the text has them, which a single line would lose."""
    if len(text) > _LONG or "\n" in text:
        return UnfoldAdminTextareaWidget(attrs={"rows": 3})
    return UnfoldAdminTextInputWidget()


class CellsForm(forms.Form):
    """`cells`: heading, the text of the file, and what somebody made of it already (None for nothing)."""

    def __init__(self, *args, cells: Iterable[tuple[str, str, str | None]], **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = {}
        for place, (heading, text, repaired) in enumerate(cells):
            name = f"c{place}"
            self.headings[name] = heading
            now = text if repaired is None else repaired
            self.fields[name] = forms.CharField(
                label=heading,
                required=False,
                strip=False,
                initial=now,
                max_length=MAX_CHARACTERS,
                help_text="" if repaired is None else _("In the file: %(text)s") % {"text": text or "–"},
                widget=cell_widget(now),
            )

    def texts(self) -> dict[str, str]:
        """What stands in the cells, by heading."""
        return {heading: self.cleaned_data[name] for name, heading in self.headings.items()}
