"""What people say on the steps of an import: the file, how it is read, what its columns mean, what is decided."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from clusterportal.core.form_choices import offer
from clusterportal.imports.domain.nouns import OPEN_DATA
from clusterportal.imports.enums import NEW, ImportNoun
from clusterportal.imports.models import ImportProfile
from clusterportal.imports.rules import nouns_of
from clusterportal.intake.plan import LEFT_OUT
from clusterportal.tables.encodings import ENCODINGS
from clusterportal.tables.inspection import OBJECTS, ReadOptions
from clusterportal.tables.reader import NO_HEADER

_ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16 (Excel, Unicode)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "cp850": "DOS (850)",
    "cp437": "DOS (437)",
}
_DELIMITERS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Bar"))]
_OPEN_DATA_NAMES = {"ror": "ROR (ror.org)", "offeneregister": "OffeneRegister.de"}
HEADER_WITHIN_ROWS = 30  # rows among which a header is looked for


class Select(forms.ChoiceField):
    widget = UnfoldAdminSelectWidget


class UploadForm(forms.Form):
    noun = Select(label=_("What the table holds"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, ODS or JSON, at most 100 MB. Nothing is written before you have seen what would change."
        ),
        widget=UnfoldAdminFileFieldWidget(
            attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.json,.ndjson,.geojson,.gz"}
        ),
    )

    encoding = Select(
        label=_("Characters"),
        required=False,
        choices=[("", _("found out from the file")), *_ENCODING_NAMES.items()],
        help_text=_("Of a CSV or JSON file; choose them where umlauts come out wrong."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, noun=[(noun, ImportNoun(noun).label) for noun in nouns_of(user)])


class ReadingForm(forms.Form):
    """How the file is read. When something before the header changes, the header is looked for again."""

    encoding = Select(label=_("Characters"), required=False)
    delimiter = Select(label=_("Delimiter"), choices=_DELIMITERS, required=False)
    sheet = Select(label=_("Sheet"), required=False)
    first = Select(label=_("Header begins in row"), required=False)
    last = Select(
        label=_("and ends in row"), required=False, help_text=_("Headers of several lines are joined.")
    )

    def __init__(self, data=None, *, reading: ReadOptions, sheets: list[str]):
        first, last = reading.header or NO_HEADER
        initial = {name: getattr(reading, name) for name in ("encoding", "delimiter", "sheet")}
        super().__init__(data, initial=initial | {"first": first, "last": last})
        self.reading = reading
        rows = [(str(number), str(number)) for number in range(1, HEADER_WITHIN_ROWS + 1)]
        offer(
            self,
            encoding=[(name, _ENCODING_NAMES[name]) for name in ENCODINGS],
            sheet=[(name, name) for name in sheets],
            first=[("0", _("no header")), *rows],
            last=[("0", "–"), *rows],
        )
        for name in self._left_out(sheets):
            del self.fields[name]

    def _left_out(self, sheets: list[str]) -> list[str]:
        if self.reading.format in OBJECTS:
            return ["delimiter", "sheet", "first", "last"]
        if self.reading.format == "csv":
            return ["sheet"]
        return ["encoding", "delimiter"] + ([] if len(sheets) > 1 else ["sheet"])

    def given(self) -> ReadOptions:
        """The reading that people ask for; `header` None is looked for again."""
        data, old = self.cleaned_data, self.reading
        before = {name: data.get(name) or getattr(old, name) for name in ("encoding", "delimiter", "sheet")}
        header = old.header
        if "first" in data:
            first, last = int(data["first"] or 0), int(data["last"] or 0)
            header = (first, max(first, last) if first else 0)
        is_moved = any(before[name] != getattr(old, name) for name in before)
        if old.format in OBJECTS or (is_moved and header == old.header):
            header = None
        return ReadOptions(old.format, **before, header=header)


class SaveProfileForm(forms.Form):
    profile_name = forms.CharField(
        label=_("Keep this mapping as"),
        max_length=80,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("For the next file of this kind."),
    )

    def __init__(self, *args, noun: str, **kwargs):
        super().__init__(*args, **kwargs)
        if noun == ImportNoun.ACTORS:
            self.fields["profile_name"].help_text = _(
                "For the next file of this kind; import_actors --profile knows the name as well."
            )


def profile_choices(run) -> list[tuple[str, str | Promise]]:
    """Ways to understand the table: one's own mapping, open data, mappings that were saved."""
    choices: list[tuple[str, str | Promise]] = [("", _("a table of our own"))]
    if run.noun == ImportNoun.ACTORS:
        choices += [(name, _OPEN_DATA_NAMES[name]) for name in OPEN_DATA]
    saved = ImportProfile.objects.visible_to(run.by).filter(noun=run.noun).values_list("name", flat=True)
    return choices + [(f"saved:{name}", name) for name in saved]


class BulkDecisionForm(forms.Form):
    """One decision for all possible matches."""

    decision = Select(
        label=_("All possible matches"),
        choices=[
            ("first", _("are the likeliest actor each")),
            (NEW, _("are really new ones")),
            (LEFT_OUT, _("are left out")),
            ("", _("are not decided")),
        ],
        required=False,
    )


class ConfirmForm(forms.Form):
    """Sent together with choices, which may be kept without this word: so browsers do not insist on it."""

    use_required_attribute = False
    without_invalid = forms.BooleanField(
        label=_("Leave the invalid rows out"), required=False, widget=UnfoldBooleanWidget
    )

    def __init__(self, *args, invalid: int, **kwargs):
        super().__init__(*args, **kwargs)
        if not invalid:
            del self.fields["without_invalid"]
        else:
            self.fields["without_invalid"].required = True
            self.fields["without_invalid"].error_messages["required"] = _(
                "Rows are invalid: repair them here or in the file, or leave them out."
            )
