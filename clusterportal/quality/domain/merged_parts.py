"""What belongs to an actor and moves with it: one rule for the preview of a merge and for the merge."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actors.enums import PlacementBasis
from actors.models import Actor, LayerPlacement
from actors.models.base import ActorPart
from clusterportal.core.languages import column_names


@dataclass(frozen=True)
class MergedPart:
    """`key` says which rows of two actors are the same; of these the kept actor's stays, after `combine`."""

    accessor: str
    label: str | Promise
    key: Callable
    text: Callable
    combine: Callable = lambda own, other: None
    related: tuple[str, ...] = ()

    def rows(self, actor: Actor) -> list[ActorPart]:
        return list(getattr(actor, self.accessor).select_related(*self.related))

    def pairs(self, kept: Actor, merged: Actor) -> list[tuple[ActorPart | None, ActorPart | None]]:
        """Rows of both beside each other; None where only one of the actors has it."""
        own = {self.key(row): row for row in self.rows(kept)}
        other = {self.key(row): row for row in self.rows(merged)}
        found = [(row, other.get(self.key(row))) for row in self.rows(kept)]
        return found + [(None, row) for row in self.rows(merged) if self.key(row) not in own]


def move_parts(*, kept: Actor, merged: Actor) -> None:
    """Give `kept` what only `merged` has, and combine what both have."""
    has_main = kept.placements.filter(is_primary=True).exists()
    for part in MERGED_PARTS:
        for own, other in part.pairs(kept, merged):
            if other is None:
                continue  # `kept` has it already
            if own is None:
                other.actor = kept
                if isinstance(other, LayerPlacement) and has_main:
                    other.is_primary = False  # one main layer
                other.save()
            else:
                part.combine(own, other)
                own.save()


def _fill(own, other, *names: str) -> None:
    for name in names:
        if getattr(own, name) in (None, ""):
            setattr(own, name, getattr(other, name))


def _combine_placements(own, other) -> None:
    if own.basis != other.basis:
        own.basis = PlacementBasis.BOTH
    _fill(own, other, *column_names("note"))


def _combine_memberships(own, other) -> None:
    """From the earlier beginning to the later end; an end that is not known is no end."""
    own.since = min(filter(None, (own.since, other.since)), default=None)
    own.until = max(own.until, other.until) if own.until and other.until else None
    own.is_committed |= other.is_committed
    own.is_cleared |= other.is_cleared


def _combine_services(own, other) -> None:
    _fill(own, other, *column_names("title"), *column_names("description"), "layer_id")
    own.areas.add(*other.areas.all())


def _combine_contacts(own, other) -> None:
    """The same person with the same addresses: agreed once is agreed."""
    _fill(own, other, *column_names("role"), "consent_on")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


MERGED_PARTS = [
    MergedPart(
        "placements",
        _("Layers"),
        lambda row: row.layer_id,
        lambda row: f"{row.layer} ({row.get_basis_display()})",
        _combine_placements,
        ("layer",),
    ),
    MergedPart(
        "foci", _("Application areas"), lambda row: row.area_id, lambda row: str(row.area), related=("area",)
    ),
    MergedPart(
        "memberships",
        _("Memberships"),
        lambda row: (row.cluster_id, row.kind),
        lambda row: f"{row.cluster} ({row.get_kind_display()})",
        _combine_memberships,
        ("cluster",),
    ),
    MergedPart(
        "actor_topics", _("Topics"), lambda row: row.topic_id, lambda row: str(row.topic), related=("topic",)
    ),
    MergedPart(
        "services",
        _("Services"),
        lambda row: _folded(row.title),
        lambda row: row.title,
        _combine_services,
    ),
    MergedPart(
        "identifiers",
        _("Identifiers"),
        lambda row: (row.scheme, row.value),
        lambda row: f"{row.get_scheme_display()} {row.value}",
    ),
    MergedPart(
        "aliases",
        _("Other names"),
        lambda row: row.name,
        lambda row: f"{row.name} ({capfirst(row.get_kind_display())})",
    ),
    MergedPart(
        "contacts",
        _("Contact persons"),
        lambda row: (_folded(row.name), row.email, row.phone),
        lambda row: row.name,
        _combine_contacts,
    ),
]
