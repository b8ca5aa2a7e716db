"""What the columns of a table mean, and what holds for all its rows: the step of an import between file and preview."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from actors.enums import ActorKind
from actors.rules import can_publish, reaches_all
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster, Region
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.form_choices import offer
from clusterportal.core.publication import PublicationState
from clusterportal.imports.cell_fields import (
    FILL,
    REPLACE,
    ColumnSelect,
    cell_fields,
    found_in_words,
)
from clusterportal.imports.domain.found_values import separators_in
from clusterportal.imports.domain.nouns import OPEN_DATA, importer_for
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.forms import Select
from clusterportal.intake.cell_separators import LISTS
from clusterportal.intake.column_values import LEAVABLE, REFUSED, VALUE_COLUMNS
from clusterportal.intake.profiles.own_tables import columns_of
from clusterportal.tables.titles import columns_of_titles
from layers.models import Layer

# Records that can be named once for all rows.
_RECORDS: dict[str, Callable[[], Iterable]] = {
    "region": lambda: Region.objects.order_by("slug").defer("outline"),
    "layers": Layer.objects.all,
    "areas": ApplicationArea.objects.all,
}


class ShownColumn(NamedTuple):
    """A column of the table on the page: what it means, and how its cells are taken."""

    field: forms.BoundField
    title: str
    separator: str  # what parts its cells, in words
    manners: list[forms.BoundField]


class MappingForm(forms.Form):
    """What each column means, and what holds for all rows."""

    def __init__(self, *args, run, titles: Sequence[str], user, cells: dict[str, Counter[str]], **kwargs):
        """`cells`: the texts of the first rows by heading, in which separators are found."""
        super().__init__(*args, **kwargs)
        self.run, self.titles, self.user, self.cells = run, titles, user, cells
        self.tables = importer_for(run.noun)
        self.columns: list[tuple[str, str]] = []  # name in the form, and title
        options = run.options
        if options.get("profile") not in OPEN_DATA:
            self._add_columns(options.get("mapping"))
            self._add_constants(options.get("constants") or {})
        if run.noun == ImportNoun.ACTORS:
            self._add_place(options)

    def _add_columns(self, mapping: dict | None) -> None:
        choices: list[tuple] = [("", _("do not import"))]
        for title, group in self.tables.groups(self.user):
            fields = [(choice.column, choice.label) for choice in group]
            choices += [(title, fields)] if title else fields
        meanings = self._meanings(mapping)
        self.separators = separators_in(self.cells, meanings) if self.tables.several else {}
        for number, title in enumerate(self.titles):
            if not title:
                continue
            column = meanings.get(title, "")
            self.fields[f"c{number}"] = Select(
                label=title,
                choices=choices,
                required=False,
                initial=column,
                widget=ColumnSelect(attrs={"aria-label": title}),
            )
            self.columns.append((f"c{number}", title))
            if self.tables.several:
                found = self.separators.get(title, "")
                for letter, field in cell_fields(title, column, self.run.options, separator=found).items():
                    self.fields[f"{letter}{number}"] = field

    def _meanings(self, mapping: dict | None) -> dict[str, str]:
        """What each heading is taken for at first; each column of the registry once."""
        guesses = (
            columns_of(self.titles, self.tables.column_of)
            if mapping is None
            else columns_of_titles(self.titles, mapping.get)
        )
        meanings: dict[str, str] = {}
        for title, guess in zip(self.titles, guesses, strict=True):
            if title and guess and guess not in meanings.values():
                meanings[title] = guess
        return meanings

    def shown_columns(self) -> list[ShownColumn]:
        """The columns of the table with the fields that ask about them."""
        return [
            ShownColumn(
                self[name],
                title,
                found_in_words(self.separators.get(title, "")) if self.tables.several else "",
                [self[one] for letter in "sru" if (one := f"{letter}{name[1:]}") in self.fields],
            )
            for name, title in self.columns
        ]

    def lacks_kind(self) -> bool:
        """Whether at first no heading says of what kind the actors are, so that it has to be said once for all."""
        meant = [self[name].value() for name, _title in self.columns]
        return (
            bool(self.columns)
            and "k_kind" in self.fields
            and "kind" not in meant
            and not self["k_kind"].value()
        )

    def _add_constants(self, constants: dict) -> None:
        offered = {
            "kind": Select(label=_("Kind"), choices=[("", "–"), *ActorKind.choices]),
            "layers": Select(label=_("Layer")),
            "areas": Select(label=_("Application area")),
            "country": forms.CharField(label=_("Country"), widget=UnfoldAdminTextInputWidget),
            "federal_state": forms.CharField(label=_("Federal state"), widget=UnfoldAdminTextInputWidget),
            "source": forms.CharField(label=_("Source"), widget=UnfoldAdminTextInputWidget, max_length=400),
            "region": Select(label=_("Region")),
            "state": Select(label=_("State"), choices=[("", "–"), *PublicationState.choices]),
        }
        for name in self.tables.constants:
            field = self.fields[f"k_{name}"] = offered[name]
            field.required, field.initial = False, constants.get(name, "")
            if name in _RECORDS:
                records = _RECORDS[name]()
                offer(self, **{f"k_{name}": [("", "–"), *((record.slug, str(record)) for record in records)]})

    def _add_place(self, options: dict) -> None:
        self.fields["known_only"] = forms.BooleanField(
            label=_("Only actors that are in the registry"),
            required=False,
            initial=options.get("known_only", False),
            widget=UnfoldBooleanWidget,
            help_text=_(
                "The table changes them and adds none; then it need not say what kind of actor each one is."
            ),
        )
        is_free, clusters = reaches_all(self.user), Cluster.objects.order_by("position", "slug")
        if not is_free:
            clusters = clusters.filter(pk__in=clusters_of(self.user))
        found = [(cluster.slug, str(cluster)) for cluster in clusters]
        is_needed = not is_free and len(found) > 1
        self.fields["cluster"] = Select(
            label=_("Member of the cluster"),
            required=is_needed,
            initial=options.get("cluster", ""),
            choices=found if len(found) == 1 and not is_free else [("", "–"), *found],
            help_text=_("All actors of the table become members of it."),
        )
        states = [PublicationState.DRAFT, PublicationState.IN_REVIEW]
        states += [PublicationState.PUBLISHED] if can_publish(self.user) else []
        self.fields["new_state"] = Select(
            label=_("State of new actors"),
            required=False,
            initial=options.get("state", ""),
            choices=[
                ("", _("as the table says, else draft")),
                *((state.value, state.label) for state in states),
            ],
        )

    def clean(self):
        super().clean()
        data = self.cleaned_data
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
                self.add_error("k_kind", text % {"field": self.tables.label("kind")})
        data["mapping"] = mapping
        data |= self._said(data)
        data["constants"] = {
            name: data[f"k_{name}"].strip() for name in self.tables.constants if data.get(f"k_{name}")
        }
        return data

    def _said(self, data: dict) -> dict:
        """What is said of cells, by the column that they mean; what was said of others before stays out of use."""
        meant = {name[1:]: data[name] for name, _title in self.columns if data.get(name)}
        modes = {column: data.get(f"r{number}") for number, column in meant.items()}
        separators = {column: data.get(f"s{number}") for number, column in meant.items()}
        unknown = dict(self.run.options.get("unknown") or {})
        for number, column in meant.items():
            if column in LEAVABLE and column not in VALUE_COLUMNS:
                unknown[column] = data.get(f"u{number}") or REFUSED
        several = self.tables.several
        return {
            "replaces": sorted(c for c, mode in modes.items() if mode == REPLACE and c in several),
            "fills": sorted(c for c, mode in modes.items() if mode == FILL),
            "separators": {c: sign or "" for c, sign in separators.items() if c in LISTS},
            "unknown": unknown,
        }

    def _adds_without_kind(self, data: dict, meant: list[str]) -> bool:
        """Whether each row about a new actor would be refused; rows with a key of the registry are about known ones."""
        says_kind = "kind" in meant or data.get("k_kind") or "kind" not in self.tables.constants
        return not (says_kind or data.get("known_only") or {"uid", "slug"} & {*meant})

    def options(self) -> dict:
        """What the form says, for the options of the run."""
        data = self.cleaned_data
        return {
            "mapping": data["mapping"],
            "constants": data["constants"],
            **{name: data[name] for name in ("replaces", "fills", "separators", "unknown")},
            "cluster": data.get("cluster", ""),
            "state": data.get("new_state", ""),
            "known_only": data.get("known_only", False),
        }
