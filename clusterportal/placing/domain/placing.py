"""Placing an actor: layers with their ground, areas and topics are written as one act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actors.enums import PlacementBasis
from actors.models import Actor, ActorTopic, ApplicationFocus, LayerPlacement
from actors.rules import can_edit, needs_review
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.history.acts import act


class ChangedMeanwhile(Exception):
    """The actor is not any more what the person saw; `since` is the state that was seen."""

    def __init__(self, since: datetime):
        super().__init__("the actor was changed after the page was opened")
        self.since = since


@dataclass(frozen=True)
class Ground:
    """Why an actor stands on a layer: `note` in the language `language`; what other languages say stays."""

    basis: str = PlacementBasis.TOPIC
    note: str = ""
    language: str = LANGUAGE_CODES[0]


@dataclass(frozen=True)
class PlacementChoice:
    """Where an actor shall stand from now on, by primary keys; `main` is one of the layers or None."""

    layers: Mapping[int, Ground] = field(default_factory=dict)
    main: int | None = None
    areas: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()


@transaction.atomic
def place(*, actor: Actor, choice: PlacementChoice, by, seen: datetime, is_rehearsal: bool = False) -> bool:
    """Give the actor exactly the layers, areas and topics of `choice`; whether that changed anything.

    An only layer is the main one. `seen` is the `updated_at` that the person saw. Raises ChangedMeanwhile,
    Actor.DoesNotExist, and PermissionDenied also for who needs a review, unless the save is only rehearsed.
    """
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    if not can_edit(by, current) or (needs_review(by, current) and not is_rehearsal):
        raise PermissionDenied
    if current.updated_at != seen:
        raise ChangedMeanwhile(seen)
    with act("placing", by=by):
        changes = _place_on_layers(current, choice)
        changes += _assign(ApplicationFocus, "area_id", current, choice.areas)
        changes += _assign(ActorTopic, "topic_id", current, choice.topics)
    return bool(changes)


def _place_on_layers(actor: Actor, choice: PlacementChoice) -> int:
    standing = {one.layer_id: one for one in LayerPlacement.objects.filter(actor=actor)}
    main = _main_layer(choice, standing)
    gone = [one.pk for layer, one in standing.items() if layer not in choice.layers]
    changes = LayerPlacement.objects.filter(pk__in=gone).delete()[0] if gone else 0
    for layer, one in standing.items():
        if one.is_primary and layer != main and layer in choice.layers:
            one.is_primary = False  # before another one takes its place: an actor has one main layer at most
            one.save(update_fields=["is_primary"])
            changes += 1
    for layer, ground in choice.layers.items():
        one = standing.get(layer) or LayerPlacement(actor=actor, layer_id=layer)
        wanted = {"basis": ground.basis, f"note_{ground.language}": ground.note, "is_primary": layer == main}
        changed = [name for name, value in wanted.items() if getattr(one, name) != value]
        if changed or one.pk is None:
            for name, value in wanted.items():
                setattr(one, name, value)
            one.save(update_fields=changed if one.pk else None)
            changes += 1
    return changes


def _main_layer(choice: PlacementChoice, standing: Mapping[int, LayerPlacement]) -> int | None:
    """The one that was chosen; else the only one; else the one that was it before."""
    if choice.main in choice.layers:
        return choice.main
    if len(choice.layers) == 1:
        return next(iter(choice.layers))
    return next((layer for layer in choice.layers if layer in standing and standing[layer].is_primary), None)


def _assign(model, name: str, actor: Actor, wanted: frozenset[int]) -> int:
    """Give the actor one row of `model` for each wanted key and take the others away; how many rows that changed."""
    rows = model.objects.filter(actor=actor)
    held = dict(rows.values_list(name, "pk"))
    gone = [pk for key, pk in held.items() if key not in wanted]
    if gone:
        rows.filter(pk__in=gone).delete()
    fresh = [model(actor=actor, **{name: key}) for key in sorted(wanted - held.keys())]
    model.objects.bulk_create(fresh)
    return len(gone) + len(fresh)
