"""What an actor still lacks: the one rule for lists, for whoever publishes, for imports and for `check_registry`.

`complete()`, `without_layer()` and `without_summary()` of `ActorQuerySet` say the same to the database.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from clusterportal.core.languages import column_names


class Gap(NamedTuple):
    """Something that is missing, and why a visitor misses it. `is_error`: no published actor should lack it."""

    code: str
    label: str
    why: str
    is_error: bool = False


_FIELDS = [
    Gap("city", _("City"), _("The actor appears in no list of its place.")),
    Gap("latitude", _("Coordinates"), _("The actor is not on the map.")),
    Gap("website", _("Website"), _("Visitors cannot read on.")),
]
_PARTS = [
    Gap("placements", _("Layer"), _("The actor has no place in the competence chain."), is_error=True),
    Gap("foci", _("Application area"), _("The actor is missing in the matrix.")),
]


def gaps(actor) -> list[Gap]:
    """What `actor` lacks; reads placements and foci from the prefetched object, without queries."""
    parts = {gap.code for gap in _PARTS}
    return gaps_in(
        lambda code: (
            bool(getattr(actor, code).all()) if code in parts else getattr(actor, code) not in ("", None)
        )
    )


def gaps_in(has: Callable[[str], bool]) -> list[Gap]:
    """What is lacking where `has(code)` tells what is there: by the codes of the gaps."""
    summaries = _summaries()
    if not any(has(gap.code) for gap in summaries):
        summaries[0] = summaries[0]._replace(is_error=True)  # one sentence, in one language at least
    return [gap for gap in [*summaries, *_FIELDS, *_PARTS] if not has(gap.code)]


def completeness(actor) -> int:
    """How much of what a visitor needs is there, in percent."""
    needed = len(column_names("summary")) + len(_FIELDS) + len(_PARTS)
    return round(100 * (needed - len(gaps(actor))) / needed)


def field_codes() -> list[str]:
    """The gaps that are fields of the actor; the others are parts."""
    return [*column_names("summary"), *(gap.code for gap in _FIELDS)]


def _summaries() -> list[Gap]:
    why = _("Readers of this language find no sentence about the actor.")
    return [
        Gap(column, _("Summary [%s]") % column.rsplit("_", 1)[-1].upper(), why)
        for column in column_names("summary")
    ]
