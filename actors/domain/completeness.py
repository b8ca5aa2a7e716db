"""What an actor still lacks. The same rule as `ActorQuerySet.complete()`, said of one actor at hand."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from clusterportal.core.languages import column_names


class Gap(NamedTuple):
    """Something that is missing, and why a visitor misses it."""

    code: str
    label: str
    why: str


_FIELDS = [
    Gap("city", _("City"), _("The actor appears in no list of its place.")),
    Gap("latitude", _("Coordinates"), _("The actor is not on the map.")),
    Gap("website", _("Website"), _("Visitors cannot read on.")),
]
_PARTS = [
    Gap("placements", _("Layer"), _("The actor has no place in the competence chain.")),
    Gap("foci", _("Application area"), _("The actor is missing in the matrix.")),
]


def gaps(actor) -> list[Gap]:
    """What `actor` lacks; reads placements and foci from the prefetched object, without queries."""
    missing = [gap for gap in _summaries() if not getattr(actor, gap.code)]
    missing += [gap for gap in _FIELDS if getattr(actor, gap.code) in (None, "")]
    return missing + [gap for gap in _PARTS if not getattr(actor, gap.code).all()]


def completeness(actor) -> int:
    """How much of what a visitor needs is there, in percent."""
    needed = len(column_names("summary")) + len(_FIELDS) + len(_PARTS)
    return round(100 * (needed - len(gaps(actor))) / needed)


def _summaries() -> list[Gap]:
    why = _("Readers of this language find no sentence about the actor.")
    return [
        Gap(column, _("Summary [%s]") % column.rsplit("_", 1)[-1].upper(), why)
        for column in column_names("summary")
    ]
