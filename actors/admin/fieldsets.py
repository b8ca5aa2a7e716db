"""The fields of an actor on its page in the admin: what the page begins with by hand, all others by their group."""

from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from actors.columns.fields import TEXTS, Group, fields_in
from clusterportal.core.admin import fieldset, side_by_side

if TYPE_CHECKING:  # a type of the stubs, not of Django
    from django.contrib.admin.options import _FieldsetSpec

_IN_A_ROW = 3
_HEAD = [("name", "short_name"), ("kind", "slug"), ("state", "verified_on")]
OFFER = "coordinates_offer"  # a button, for whoever may change the actor
_KEPT = [("uid", "published_at"), ("created_at", "updated_at")]  # read only


def _rows(*groups: Group) -> list[tuple[str, ...]]:
    """The fields of these groups that no other part of the page has; a unit begins a row of its own."""
    placed = {name for row in (*_HEAD, *_KEPT) for name in row}
    rows = []
    for _unit, fields in groupby(fields_in(*groups), key=lambda one: one.unit):
        names = [one.name for one in fields if one.name not in placed]
        rows += [tuple(names[start : start + _IN_A_ROW]) for start in range(0, len(names), _IN_A_ROW)]
    return rows


FIELDSETS: "_FieldsetSpec" = [
    fieldset(None, *_HEAD),
    fieldset(_("Texts"), *map(side_by_side, TEXTS)),
    fieldset(_("Place and contact"), *_rows(Group.CONTACT, Group.WHERE), OFFER),
    fieldset(_("Facts"), *_rows(Group.WHO, Group.NUMBERS, Group.CURATION)),
    (_("Kept by the portal"), {"classes": ["collapse"], "fields": [*_KEPT]}),
]


def without(line: str, fieldsets: "_FieldsetSpec") -> "_FieldsetSpec":
    return [
        (title, {**block, "fields": [one for one in block["fields"] if one != line]})
        for title, block in fieldsets
    ]
