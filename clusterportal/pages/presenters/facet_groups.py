"""Facets as groups of check boxes."""

from dataclasses import dataclass
from typing import TypedDict

from django.utils.formats import get_format

from actors.filters import FACETS
from clusterportal.pages.presenters.chips import DETAILS

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


def facet_groups(filterset) -> list[FacetGroup]:
    """The facets of a valid ActorFilterSet with anything to choose; one query."""
    chosen = filterset.form.cleaned_data
    groups = []
    for name, values in filterset.facets(FACETS).items():
        options = [(one.value, one.label, one.count, one.position) for one in values]
        groups.append(_group(name, filterset.filters[name].label, options, chosen.get(name) or []))
    counts = filterset.selection.counts("has")
    details = [(code, label, counts.get(code, 0), 0) for code, label in DETAILS.items()]
    wanted = chosen.get("has") or []
    groups.append(
        _group("has", filterset.filters["has"].label, [d for d in details if d[2] or d[0] in wanted], wanted)
    )
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
