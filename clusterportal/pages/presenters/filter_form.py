"""Facets as groups of check boxes."""

from dataclasses import dataclass
from typing import TypedDict

from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from actors.domain.facets import facets
from clusterportal.pages.presenters.active_filters import DETAILS

_GROUPS = {
    "layer": _("Layer"),
    "area": _("Application area"),
    "kind": _("Kind"),
    "cluster": _("Cluster"),
    "city": _("City"),
    "size": _("Size"),
    "topic": _("Topic"),
}
_OPEN = {"layer", "area", "kind", "cluster"}


class Option(TypedDict):
    """A check box; a dictionary because templates read those fastest, and a page has a hundred and fifty."""

    id: str
    value: str
    label: str
    count: str  # as it is written in the active language
    position: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    options: list[Option]
    is_open: bool


def facet_groups(filterset, counts: dict[str, int]) -> list[FacetGroup]:
    """The facets of a valid ActorFilterSet with anything to choose; `counts` are those of the details; one query."""
    chosen = filterset.form.cleaned_data
    groups = []
    for name, values in facets(filterset, _GROUPS).items():
        options = [(one.value, one.label, one.count, one.position) for one in values]
        groups.append(_group(name, _GROUPS[name], options, chosen.get(name) or []))
    details = [(code, label, counts[code], 0) for code, label in DETAILS.items()]
    wanted = chosen.get("has") or []
    groups.append(_group("has", _("With details of"), [d for d in details if d[2] or d[0] in wanted], wanted))
    return [group for group in groups if group.options]


def _group(name: str, label, values, chosen) -> FacetGroup:
    between = get_format("THOUSAND_SEPARATOR")  # once, not for each number
    options = [
        Option(
            id=_id(name, value),
            value=value,
            label=str(text),
            count=f"{count:,}".replace(",", between),
            position=position,
            is_chosen=value in chosen,
        )
        for value, text, count, position in values
    ]
    return FacetGroup(name, str(label), options, name in _OPEN or bool(chosen))


def _id(name: str, value: str) -> str:
    """The same for the same value, in whatever order: so the focus stays on it when the counts change."""
    signs = (sign if sign.isalnum() or sign in "-_" else f".{ord(sign):x}" for sign in value)
    return f"f-{name}-{''.join(signs)}"
