"""What the columns of a table mean, and what holds for all its rows: the step of an import between file and preview."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from actors.enums import ActorKind
from actors.rules import can_publish, reaches_all
from clusterportal.clusters.models import Cluster, Region
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.form_choices import offer
from clusterportal.core.publication import PublicationState
from clusterportal.imports.domain.nouns import OPEN_DATA, importer_for
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.forms import Select
from clusterportal.intake.profiles.own_tables import columns_of
from clusterportal.tables.titles import columns_of_titles

REPLACE = "replace"
_MERGE_MODES = [("", _("stays; the cell adds to it")), (REPLACE, _("goes unless the cell names it"))]


class ColumnSelect(UnfoldAdminSelectWidget):
    """Marks the fields of which a cell names several items, so that the page can ask what becomes of the others."""

    several: tuple[str, ...] = ()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.several:
            option["attrs"]["class"] = "im-several"
        return option


class MappingForm(forms.Form):
    """What each column means, and what holds for all rows."""

    def __init__(self, *args, run, titles: Sequence[str], user, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.titles, self.user = run, titles, user
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
        taken = set()
        guesses = (
            columns_of(self.titles, self.tables.column_of)
            if mapping is None
            else columns_of_titles(self.titles, mapping.get)
        )
        for number, (title, guess) in enumerate(zip(self.titles, guesses, strict=True)):
            if not title:
                continue
            guess = "" if guess in taken else guess
            taken.add(guess)
            self.fields[f"c{number}"] = Select(
                label=title,
                choices=choices,
                required=False,
                initial=guess or "",
                widget=ColumnSelect(attrs={"aria-label": title}),
            )
            self.fields[f"c{number}"].widget.several = self.tables.several
            self.columns.append((f"c{number}", title))
            if self.tables.several:
                self._add_merge_mode(number, title, guess)

    def _add_merge_mode(self, number: int, title: str, guess: str | None) -> None:
        """What becomes of items that the registry holds and a cell of this column does not name."""
        label = _("What is there already: %(title)s") % {"title": title}
        self.fields[f"r{number}"] = Select(
            label=label,
            required=False,
            choices=_MERGE_MODES,
            initial=REPLACE if guess in self.run.options.get("replaces", []) else "",
            widget=UnfoldAdminSelectWidget(attrs={"aria-label": label}),
        )

    def columns_with_merge_mode(self) -> list[tuple[str, str, str]]:
        """The fields of each column of the table: what it means, its heading, and how its items are taken."""
        return [
            (name, title, manner if (manner := f"r{name[1:]}") in self.fields else "")
            for name, title in self.columns
        ]

    def _add_constants(self, constants: dict) -> None:
        offered = {
            "kind": Select(label=_("Kind"), choices=[("", "–"), *ActorKind.choices]),
            "country": forms.CharField(label=_("Country"), widget=UnfoldAdminTextInputWidget),
            "federal_state": forms.CharField(label=_("Federal state"), widget=UnfoldAdminTextInputWidget),
            "source": forms.CharField(label=_("Source"), widget=UnfoldAdminTextInputWidget, max_length=400),
            "region": Select(label=_("Region")),
            "state": Select(label=_("State"), choices=[("", "–"), *PublicationState.choices]),
        }
        for name in self.tables.constants:
            field = self.fields[f"k_{name}"] = offered[name]
            field.required, field.initial = False, constants.get(name, "")
            if name == "region":
                regions = Region.objects.order_by("slug")
                named = [(region.slug, str(region)) for region in regions.defer("outline")]
                offer(self, k_region=[("", "–"), *named])

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
            "mapping": data["mapping"],
            "constants": data["constants"],
            "replaces": data["replaces"],
            "cluster": data.get("cluster", ""),
            "state": data.get("new_state", ""),
            "known_only": data.get("known_only", False),
        }
