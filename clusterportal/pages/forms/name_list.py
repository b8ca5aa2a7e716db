"""The forms around matching a list: the list itself, and which of its columns says what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.enums import IdentifierScheme
from clusterportal.matching.domain.lists import MEANINGS, MOST_CHARACTERS, NameList

MOST_BYTES = 5 << 20  # of a file
ENDINGS = ".csv,.tsv,.txt,.xlsx,.ods"
_LABELS = {
    "name": _("Name"),
    "city": _("Place"),
    "postcode": _("Postcode"),
    "country": _("Country"),
    "website": _("Website"),
    **dict(IdentifierScheme.choices),
}


class ListForm(forms.Form):
    """Names pasted, or a table; one of both."""

    prefix = "list"
    names = forms.CharField(
        label=_("Names, one a line"),
        help_text=_("Behind a semicolon or a tab you may add the place: Fraunhofer ITWM; Kaiserslautern"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a table"),
        help_text=_("CSV, XLSX or ODS, at most 5 MB. The file is read and not kept."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )

    def clean(self):
        super().clean()
        names, file = self.cleaned_data.get("names", "").strip(), self.cleaned_data.get("file")
        if not self.errors and not names and not file:
            self.add_error("names", _("Paste names, or choose a table."))
        if names and file:
            self.add_error("file", _("Paste names or choose a table, not both."))
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 5 MB. Save the columns that you need."))
        return self.cleaned_data


class ColumnsForm(forms.Form):
    """What the columns of a table say. The first choice of all but the name is: none of them."""

    prefix = "column"

    def __init__(self, data=None, *, titles: list[str], columns: dict[str, int] | None = None):
        super().__init__(data, initial={name: str(at) for name, at in (columns or {}).items()})
        offered = [(str(at), title) for at, title in enumerate(titles)]
        for name in MEANINGS:
            is_name = name == "name"
            self.fields[name] = forms.ChoiceField(
                label=_LABELS[name],
                required=is_name,
                choices=[("", _("Please choose") if is_name else _("none of them")), *offered],
                error_messages={"required": _("Choose the column that holds the names.")},
            )

    @property
    def columns(self) -> dict[str, int]:
        """The chosen columns by what they say."""
        return {name: int(at) for name, at in self.cleaned_data.items() if at}


def columns_form(names: NameList) -> ColumnsForm:
    return ColumnsForm(titles=names.titles, columns=names.columns)
