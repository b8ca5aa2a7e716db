"""What people say on the steps of an import: the file, how it is read, what its columns mean, what is decided."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from actors.domain.importing.characters import ENCODINGS
from actors.domain.importing.headers import meant
from actors.domain.importing.own_tables import columns_of
from actors.domain.importing.reading import NO_HEADER, OBJECTS, Reading
from actors.enums import ActorKind
from actors.rules import can_publish, clusters_of, reaches_all
from clusterportal.clusters.models import Cluster, Region
from clusterportal.core.publication import PublicationState
from clusterportal.imports.domain.nouns import OPEN_DATA, tables_of
from clusterportal.imports.enums import LEAVE, NEW, ImportNoun
from clusterportal.imports.models import ImportProfile
from clusterportal.imports.rules import nouns_of

_ENCODING_NAMES = {
    "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16 (Excel, Unicode)", "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE", "iso8859-15": "ISO 8859-15", "mac-roman": "Mac Roman", "cp850": "DOS (850)",
    "cp437": "DOS (437)",
}  # fmt: skip
_DELIMITERS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Bar"))]
_OPEN_DATA_NAMES = {"ror": "ROR (ror.org)", "offeneregister": "OffeneRegister.de"}
REPLACE = "replace"
_MANNERS = [("", _("stays; the cell adds to it")), (REPLACE, _("goes unless the cell names it"))]
DEEPEST = 30  # rows among which a header is looked for


class _Select(forms.ChoiceField):
    widget = UnfoldAdminSelectWidget


class _ColumnSelect(UnfoldAdminSelectWidget):
    """Marks the fields of which a cell names several items, so that the page can ask what becomes of the others."""

    several: tuple[str, ...] = ()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.several:
            option["attrs"]["class"] = "im-several"
        return option


class UploadForm(forms.Form):
    noun = _Select(label=_("What the table holds"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, ODS or JSON, at most 100 MB. Nothing is written before you have seen what would change."
        ),
        widget=UnfoldAdminFileFieldWidget(
            attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.json,.ndjson,.geojson,.gz"}
        ),
    )

    encoding = _Select(
        label=_("Characters"), required=False,
        choices=[("", _("found out from the file")), *_ENCODING_NAMES.items()],
        help_text=_("Of a CSV or JSON file; choose them where umlauts come out wrong."),
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noun"].choices = [(noun, ImportNoun(noun).label) for noun in nouns_of(user)]


class ReadingForm(forms.Form):
    """How the file is read. When something before the header changes, the header is looked for again."""

    encoding = _Select(label=_("Characters"), required=False)
    delimiter = _Select(label=_("Delimiter"), choices=_DELIMITERS, required=False)
    sheet = _Select(label=_("Sheet"), required=False)
    first = _Select(label=_("Header begins in row"), required=False)
    last = _Select(
        label=_("and ends in row"), required=False, help_text=_("Headers of several lines are joined.")
    )

    def __init__(self, *args, reading: Reading, sheets: list[str], **kwargs):
        first, last = reading.header or NO_HEADER
        initial = {name: getattr(reading, name) for name in ("encoding", "delimiter", "sheet")}
        super().__init__(*args, initial=initial | {"first": first, "last": last}, **kwargs)
        self.reading = reading
        rows = [(str(number), str(number)) for number in range(1, DEEPEST + 1)]
        self.fields["encoding"].choices = [(name, _ENCODING_NAMES[name]) for name in ENCODINGS]
        self.fields["sheet"].choices = [(name, name) for name in sheets]
        self.fields["first"].choices = [("0", _("no header")), *rows]
        self.fields["last"].choices = [("0", "–"), *rows]
        for name in self._left_out(sheets):
            del self.fields[name]

    def _left_out(self, sheets: list[str]) -> list[str]:
        if self.reading.format in OBJECTS:
            return ["delimiter", "sheet", "first", "last"]
        if self.reading.format == "csv":
            return ["sheet"]
        return ["encoding", "delimiter"] + ([] if len(sheets) > 1 else ["sheet"])

    def given(self) -> Reading:
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
        return Reading(old.format, **before, header=header)


class MappingForm(forms.Form):
    """What each column means, and what holds for all rows."""

    def __init__(self, *args, run, titles: list[str], user, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.titles, self.user = run, titles, user
        self.tables = tables_of(run.noun)
        options, self.columns = run.options, []
        if options.get("profile") not in OPEN_DATA:
            self._add_columns(options.get("mapping"))
            self._add_constants(options.get("constants") or {})
        if run.noun == ImportNoun.ACTORS:
            self._add_place(options)

    def _add_columns(self, mapping: dict | None) -> None:
        choices = [("", _("do not import"))]
        for title, group in self.tables.groups(self.user):
            fields = [(choice.column, choice.label) for choice in group]
            choices += [(title, fields)] if title else fields
        taken = set()
        guesses = (
            columns_of(self.titles, self.tables.column_of)
            if mapping is None
            else meant(self.titles, mapping.get)
        )
        for number, (title, guess) in enumerate(zip(self.titles, guesses, strict=True)):
            if not title:
                continue
            guess = "" if guess in taken else guess
            taken.add(guess)
            self.fields[f"c{number}"] = _Select(
                label=title, choices=choices, required=False, initial=guess or "",
                widget=_ColumnSelect(attrs={"aria-label": title}),
            )  # fmt: skip
            self.fields[f"c{number}"].widget.several = self.tables.several
            self.columns.append((f"c{number}", title))
            if self.tables.several:
                self._add_manner(number, title, guess)

    def _add_manner(self, number: int, title: str, guess: str | None) -> None:
        """What becomes of items that the registry holds and a cell of this column does not name."""
        label = _("What is there already: %(title)s") % {"title": title}
        self.fields[f"r{number}"] = _Select(
            label=label, required=False, choices=_MANNERS,
            initial=REPLACE if guess in self.run.options.get("replaces", []) else "",
            widget=UnfoldAdminSelectWidget(attrs={"aria-label": label}),
        )  # fmt: skip

    def columns_with_manner(self) -> list[tuple[str, str, str]]:
        """The fields of each column of the table: what it means, its heading, and how its items are taken."""
        return [
            (name, title, manner if (manner := f"r{name[1:]}") in self.fields else "")
            for name, title in self.columns
        ]

    def _add_constants(self, constants: dict) -> None:
        offered = {
            "kind": _Select(label=_("Kind"), choices=[("", "–"), *ActorKind.choices]),
            "country": forms.CharField(label=_("Country"), widget=UnfoldAdminTextInputWidget),
            "federal_state": forms.CharField(label=_("Federal state"), widget=UnfoldAdminTextInputWidget),
            "source": forms.CharField(label=_("Source"), widget=UnfoldAdminTextInputWidget, max_length=400),
            "region": _Select(label=_("Region")),
            "state": _Select(label=_("State"), choices=[("", "–"), *PublicationState.choices]),
        }
        for name in self.tables.constants:
            field = self.fields[f"k_{name}"] = offered[name]
            field.required, field.initial = False, constants.get(name, "")
            if name == "region":
                regions = Region.objects.order_by("slug")
                field.choices = [
                    ("", "–"),
                    *((region.slug, str(region)) for region in regions.defer("outline")),
                ]

    def _add_place(self, options: dict) -> None:
        self.fields["known_only"] = forms.BooleanField(
            label=_("Only actors that are in the registry"), required=False, initial=options.get("known_only", False),
            widget=UnfoldBooleanWidget,
            help_text=_("The table changes them and adds none; then it need not say what kind of actor each one is."),
        )  # fmt: skip
        is_free, clusters = reaches_all(self.user), Cluster.objects.order_by("position", "slug")
        if not is_free:
            clusters = clusters.filter(pk__in=clusters_of(self.user))
        found = [(cluster.slug, str(cluster)) for cluster in clusters]
        is_needed = not is_free and len(found) > 1
        self.fields["cluster"] = _Select(
            label=_("Member of the cluster"), required=is_needed, initial=options.get("cluster", ""),
            choices=found if len(found) == 1 and not is_free else [("", "–"), *found],
            help_text=_("All actors of the table become members of it."),
        )  # fmt: skip
        states = [PublicationState.DRAFT, PublicationState.IN_REVIEW]
        states += [PublicationState.PUBLISHED] if can_publish(self.user) else []
        self.fields["new_state"] = _Select(
            label=_("State of new actors"), required=False, initial=options.get("state", ""),
            choices=[("", _("as the table says, else draft")), *((state.value, state.label) for state in states)],
        )  # fmt: skip

    def clean(self):
        data = super().clean()
        mapping = {title: data.get(name, "") for name, title in self.columns}
        if self.columns:
            meant = [column for column in mapping.values() if column]
            for column in {column for column in meant if meant.count(column) > 1}:
                titles = ", ".join(title for title, other in mapping.items() if other == column)
                text = _("Two columns are mapped to “%(field)s”: %(titles)s. Keep one of them.")
                self.add_error(None, text % {"field": self.tables.label(column), "titles": titles})
            if missing := self.tables.missing(meant):
                text = _("Map a column to “%(field)s”: without it no row says what it is about.")
                self.add_error(None, text % {"field": missing[0]})
            if self._adds_without_kind(data, meant):
                text = _(
                    "No column is mapped to “%(field)s”, and it is not said for all rows: no new actor could be "
                    "added. Choose it below, or tick that the table only changes actors that are in the registry."
                )
                self.add_error(None, text % {"field": self.tables.label("kind")})
        data["mapping"] = mapping
        data["replaces"] = sorted(
            data[name]
            for name, _title in self.columns
            if data.get(f"r{name[1:]}") == REPLACE and data.get(name) in self.tables.several
        )
        data["constants"] = {
            name: data[f"k_{name}"].strip() for name in self.tables.constants if data.get(f"k_{name}")
        }
        return data

    def _adds_without_kind(self, data: dict, meant: list[str]) -> bool:
        """Whether each row about a new actor would be refused; rows with a key of the registry are about known ones."""
        says_kind = "kind" in meant or data.get("k_kind") or "kind" not in self.tables.constants
        return not (says_kind or data.get("known_only") or {"uid", "slug"} & {*meant})

    def options(self) -> dict:
        """What the form says, for the options of the run."""
        data = self.cleaned_data
        return {
            "mapping": data["mapping"], "constants": data["constants"], "replaces": data["replaces"],
            "cluster": data.get("cluster", ""), "state": data.get("new_state", ""),
            "known_only": data.get("known_only", False),
        }  # fmt: skip


class SaveProfileForm(forms.Form):
    profile_name = forms.CharField(
        label=_("Keep this mapping as"), max_length=80, required=False, widget=UnfoldAdminTextInputWidget,
        help_text=_("For the next file of this kind; import_actors --profile knows the name as well."),
    )  # fmt: skip


def profile_choices(run) -> list[tuple[str, str]]:
    """Ways to understand the table: one's own mapping, open data, mappings that were saved."""
    choices = [("", _("a table of our own"))]
    if run.noun == ImportNoun.ACTORS:
        choices += [(name, _OPEN_DATA_NAMES[name]) for name in OPEN_DATA]
    saved = ImportProfile.objects.filter(noun=run.noun).values_list("name", flat=True)
    return choices + [(f"saved:{name}", name) for name in saved]


class DecisionsForm(forms.Form):
    """A decision for each possible match of a page of the preview."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.candidates]
        for row in self.rows:
            same = [
                (str(pk), _("the same as %(title)s") % {"title": title})
                for pk, title, *_why in row.candidates
            ]
            self.fields[f"d{row.number}"] = _Select(
                label=row.title, required=False, initial=row.decision,
                choices=[
                    ("", _("not decided: left out")), *same, (NEW, _("really a new one")), (LEAVE, _("leave out")),
                ],
                widget=UnfoldAdminSelectWidget(attrs={"aria-label": row.title}),
            )  # fmt: skip

    def decisions(self) -> dict[int, str]:
        return {row.number: self.cleaned_data.get(f"d{row.number}", "") for row in self.rows}


class BulkDecisionForm(forms.Form):
    """One decision for all possible matches."""

    decision = _Select(
        label=_("All possible matches"),
        choices=[
            ("first", _("are the likeliest actor each")), (NEW, _("are really new ones")), (LEAVE, _("are left out")),
            ("", _("are not decided")),
        ],
        required=False,
    )  # fmt: skip


class ConfirmForm(forms.Form):
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
                "Rows are invalid: mend them in the file, or leave them out."
            )
