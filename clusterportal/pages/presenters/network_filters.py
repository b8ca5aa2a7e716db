"""The filters of the network page: those of actors, and its own, which choose among relations."""

from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from clusterportal.network.enums import Border
from clusterportal.pages.forms.network import ACTOR_ORDERS, RELATION_ORDERS, NetworkForm
from clusterportal.pages.presenters.active_filters import ActiveFilters, Chip, address_without

FIELDS = ("city", "relation", "area", "cluster")  # of the page's form, as filters of actors
OF_RELATIONS = ("year", "pair", "border", "other")


class NetworkFilters(ActiveFilters):
    """`actor` is whose own network this is; the other own filters are those of `NetworkForm`."""

    def __init__(self, given: QueryDict):
        super().__init__(
            given, own=("actor", "year", *FIELDS), axes=("ordering",), also=("actor", *OF_RELATIONS)
        )
        self.form = NetworkForm(given, taxonomy=self.taxonomy)
        self.is_valid = self.form.is_valid() and self.is_valid

    @property
    def errors(self) -> list[tuple[str, str]]:
        own = [
            (str(self.form.fields[name].label or name), text)
            for name, texts in self.form.errors.items()
            for text in texts
        ]
        return [*super().errors, *own]

    @cached_property
    def chips(self) -> list[Chip]:
        if not self.is_valid:
            return []
        own = [
            Chip(text, address_without(self.params, name), name)
            for name, text in self._words()
            if name in self.params
        ]
        return [*super().chips, *own]

    def _words(self) -> list[tuple[str, str]]:
        """Each own filter that is set, in words."""
        names = {cluster.slug: str(cluster.name) for cluster in self.taxonomy.clusters}
        words = []
        if self.year:
            words.append(("year", _("End of %(year)s") % {"year": self.year}))
        if self.pair:
            one, other = self.pair
            text = _("Within layer %(one)s") if one == other else _("Layers %(one)s and %(other)s")
            words.append(("pair", text % {"one": one, "other": other}))
        if self.is_inside:
            words.append(("border", _("Both ends among them")))
        if others := self.others:
            text = ", ".join(names[slug] for slug in others)
            words.append(("other", _("With members of %(clusters)s") % {"clusters": text}))
        return words

    @property
    def year(self) -> int | None:
        return self.form.cleaned_data.get("year")

    @property
    def pair(self) -> tuple[int, int] | None:
        """Positions of two layers, the smaller first."""
        return self.form.cleaned_data.get("pair")

    @property
    def is_inside(self) -> bool:
        """Whether both ends of a relation must be among the actors."""
        return self.form.cleaned_data.get("border") == Border.INSIDE

    @property
    def others(self) -> list[str]:
        """Slugs of the clusters that the other end is a member of."""
        return self.form.cleaned_data.get("other") or []

    @property
    def table(self) -> str:
        """Which of the two tables the page shows: "relations" or "actors"."""
        return self.form.cleaned_data.get("table") or "relations"

    @property
    def ordering(self) -> str:
        """The order asked for, where the table knows it; else its usual one."""
        known = ACTOR_ORDERS if self.table == "actors" else RELATION_ORDERS
        asked = self.form.cleaned_data.get("ordering")
        usual = "-relations" if self.table == "actors" else "from"
        return asked if asked in known else usual
