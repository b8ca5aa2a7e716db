"""What an actor still lacks: the one rule for lists, for whoever publishes, for imports and for `check_registry`.

`without_layer()` and `without_summary()` of `ActorQuerySet` say of the database which missing fields are errors.
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


class MissingField(NamedTuple):
    """A field or part that is missing, and why a visitor misses it. `is_error`: no published actor should lack it."""

    code: str
    label: str | Promise
    why: str | Promise
    is_error: bool = False


_CALLED = {"latitude": Unit.COORDINATES.label}  # one column stands for both
_PARTS = [
    MissingField(
        "placements", _("Layer"), _("The actor has no place in the competence chain."), is_error=True
    ),
    MissingField("foci", _("Application area"), _("The actor is missing in the matrix.")),
]


def missing_fields(actor) -> list[MissingField]:
    """What `actor` lacks; reads placements and foci from the prefetched object, without queries."""
    parts = {part.code for part in _PARTS}
    return missing_fields_in(
        lambda code: (
            bool(getattr(actor, code).all()) if code in parts else getattr(actor, code) not in ("", None)
        )
    )


def missing_fields_in(has: Callable[[str], bool]) -> list[MissingField]:
    """What is lacking where `has(code)` tells what is there: by the codes of the fields."""
    summaries = column_names("summary")
    without_sentence = None if any(map(has, summaries)) else summaries[0]  # in one language at least
    needed = [field._replace(is_error=field.code == without_sentence) for field in _needed_fields()]
    return [field for field in [*needed, *_PARTS] if not has(field.code)]


def complete_condition() -> Q:
    """What `missing_fields` says of one actor, for the database: nothing is missing."""
    complete = Q()
    for one in NEEDED:
        field = Actor._meta.get_field(one.name)
        complete &= Q(**{f"{one.name}__isnull": False}) if field.null else ~Q(**{one.name: ""})
    for part in _PARTS:
        rows = cast(type[Model], Actor._meta.get_field(part.code).related_model)._default_manager
        complete &= Q(Exists(rows.filter(actor=OuterRef("pk"))))
    return complete


def completeness(actor) -> int:
    """How much of what a visitor needs is there, in percent."""
    needed = len(NEEDED) + len(_PARTS)
    return round(100 * (needed - len(missing_fields(actor))) / needed)


def field_codes() -> list[str]:
    """What is needed as a field of the actor; all else is a part."""
    return [one.name for one in NEEDED]


def _needed_fields() -> list[MissingField]:
    """All fields that are needed, in the language of the reader."""
    return [
        MissingField(
            one.name, _CALLED.get(one.name) or field_label(Actor._meta.get_field(one.name)), one.why_needed
        )
        for one in NEEDED
    ]
