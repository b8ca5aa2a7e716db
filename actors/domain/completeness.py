"""What an actor still lacks: the one rule for lists, for whoever publishes, for imports and for `check_registry`.

`without_layer()` and `without_summary()` of `ActorQuerySet` say of the database which gaps are errors.
"""

from collections.abc import Callable
from typing import NamedTuple, cast

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.columns.fields import Group, Unit, fields_in
from actors.models import Actor
from clusterportal.core.labels import field_label
from clusterportal.core.languages import column_names

NEEDED = [one for one in fields_in(*Group) if one.why_needed]


class Gap(NamedTuple):
    """Something that is missing, and why a visitor misses it. `is_error`: no published actor should lack it."""

    code: str
    label: str | Promise
    why: str | Promise
    is_error: bool = False


_CALLED = {"latitude": Unit.COORDINATES.label}  # one column stands for both
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
    summaries = column_names("summary")
    without_sentence = None if any(map(has, summaries)) else summaries[0]  # in one language at least
    needed = [gap._replace(is_error=gap.code == without_sentence) for gap in _field_gaps()]
    return [gap for gap in [*needed, *_PARTS] if not has(gap.code)]


def complete_condition() -> Q:
    """What `gaps` says of one actor, for the database: no gap."""
    complete = Q()
    for one in NEEDED:
        field = Actor._meta.get_field(one.name)
        complete &= Q(**{f"{one.name}__isnull": False}) if field.null else ~Q(**{one.name: ""})
    for gap in _PARTS:
        rows = cast(type[Model], Actor._meta.get_field(gap.code).related_model)._default_manager
        complete &= Q(Exists(rows.filter(actor=OuterRef("pk"))))
    return complete


def completeness(actor) -> int:
    """How much of what a visitor needs is there, in percent."""
    needed = len(NEEDED) + len(_PARTS)
    return round(100 * (needed - len(gaps(actor))) / needed)


def field_codes() -> list[str]:
    """The gaps that are fields of the actor; the others are parts."""
    return [one.name for one in NEEDED]


def _field_gaps() -> list[Gap]:
    """All gaps that are fields, in the language of the reader."""
    return [
        Gap(one.name, _CALLED.get(one.name) or field_label(Actor._meta.get_field(one.name)), one.why_needed)
        for one in NEEDED
    ]
