"""Values and items of a record in words: labels for codes, names for slugs."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.columns.fields import FIELDS
from actors.columns.parts import PARTS
from actors.models import Actor, Topic
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.labels import field_label
from clusterportal.core.languages import active_first
from layers.models import Layer

_SILENT = {
    "position",
    "primary",
    "is_cleared",
    "cleared",
}  # says nothing to the reader, or a mark of its own says it


class Words:
    """Reads the names of a vocabulary once, when they are first needed.

    `new_topics`: names by slug of topics that are still to be made.
    """

    def __init__(self, new_topics: Mapping[str, str] = MappingProxyType({})):
        self.new_topics = new_topics

    def field(self, name: str):
        return Actor._meta.get_field(name)

    def value(self, column: str, value) -> str:
        """The value of a field as people read it; empty when there is none."""
        field = self.field(FIELDS[column])
        if value in (None, ""):
            return ""
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _day(value) if field.get_internal_type() == "DateField" else str(value)

    def part(self, column: str) -> str:
        """What one item of the part is called."""
        return str(PARTS[column].model._meta.verbose_name)

    def item(self, column: str, item: dict | None, *, every: bool = False) -> str:
        """An item in one line: what it refers to, then what is said of it; `every`: also what is silent else."""
        if not item:
            return ""
        part = PARTS[column]
        lead = [self._name(key, item[key]) for key in part.references if item.get(key)]
        said = [self._said(part, key, item.get(key)) for key in part.columns if key not in _SILENT]
        if every:
            said += [self._labelled(part, key, item.get(key)) for key in part.columns if key in _SILENT]
        if item.get("areas"):
            said.append(", ".join(self._name("area", slug) for slug in item["areas"]))
        if item.get("primary"):
            said.append(_("main layer"))
        return " – ".join(text for text in (*lead, *said) if text)

    def _said(self, part, key: str, value) -> str:
        field = part.model._meta.get_field(part.columns[key])
        if value in (None, "", False):
            return ""
        if value is True:
            return str(field.verbose_name)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if field.get_internal_type() == "DateField":
            return f"{field_label(field)}: {_day(value)}"
        return str(value)

    def _labelled(self, part, key: str, value) -> str:
        answers = {True: _("yes"), False: _("no")}
        text = answers[value] if isinstance(value, bool) else str(value or 0)
        return f"{field_label(part.model._meta.get_field(part.columns[key]))}: {text}"

    def _name(self, key: str, slug: str) -> str:
        return self._names.get(key, {}).get(slug, slug)

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        names = {
            key: {
                row["slug"]: next((row[name] for name in names if row[name]), row["slug"])
                for row in model.objects.values("slug", *names)
            }
            for key, model, names in (
                ("layer", Layer, active_first("name")),
                ("area", ApplicationArea, active_first("name")),
                ("cluster", Cluster, active_first("name")),
                ("topic", Topic, active_first("name")),
            )
        }
        return names | {"topic": {**self.new_topics, **names["topic"]}}


def _day(value) -> str:
    day = parse_date(str(value))
    return date_format(day) if day else str(value)
