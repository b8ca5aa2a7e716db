"""Changing many actors as one act: said exactly before, written in one transaction, taken back as a whole."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Actor
from actors.models.search import documents_at_the_end
from actors.rules import can_edit
from clusterportal.bulk.domain.steps import BulkStep
from clusterportal.bulk.domain.wishes import Wishes, steps_of
from clusterportal.history.acts import act, sentences


@dataclass(frozen=True)
class Effect:
    """What one step does: to `count` actors; there is nothing to do to `rest`, and `idle` says why."""

    label: str
    count: int
    rest: int
    idle: str


@dataclass(frozen=True)
class Prospect:
    """What would be done: `chosen` actors, of which some are left as they are; `effects` on the others."""

    chosen: int
    out_of_reach: int  # gone, or of clusters whose team the person is not on
    need_review: int  # public ones, of people who may not publish
    effects: list[Effect]

    @property
    def writable(self) -> int:
        return self.chosen - self.out_of_reach - self.need_review

    @property
    def changes_something(self) -> bool:
        return any(effect.count for effect in self.effects)


def foresee(actors: Collection[int], wishes: Wishes, *, by) -> Prospect:
    """What `change` would do to the actors with these keys, by a few questions a step, without writing."""
    return _prospect(actors, steps_of(wishes, by=by), by)[0]


@transaction.atomic
def change(actors: Collection[int], wishes: Wishes, *, by) -> Prospect:
    """Does what is wished to those of the actors that `by` writes at once; the others stay as they are.

    One act. Raises PermissionDenied for people who edit nothing.
    """
    if not can_edit(by):
        raise PermissionDenied
    # In the order of keys, so that two people never wait for each other; what is counted now is what is written.
    list(Actor.objects.with_keys(actors).select_for_update().order_by("pk").values_list("pk"))
    steps = steps_of(wishes, by=by)
    prospect, found = _prospect(actors, steps, by)
    with act("bulk", by=by, says=sentences(lambda: _in_words(steps, found))), documents_at_the_end():
        for step, keys in zip(steps, found, strict=True):
            if keys:
                step.write(keys)
    return prospect


def _prospect(actors: Collection[int], steps: list[BulkStep], by) -> tuple[Prospect, list[set[int]]]:
    within_reach = Actor.objects.with_keys(actors).curated_by(by).count()
    writable = set(Actor.objects.with_keys(actors).writable_by(by).values_list("pk", flat=True))
    found = [step.found(writable) for step in steps]
    effects = [
        Effect(step.label, len(keys), len(writable) - len(keys), step.idle)
        for step, keys in zip(steps, found, strict=True)
    ]
    chosen = len(set(actors))
    return Prospect(chosen, chosen - within_reach, within_reach - len(writable), effects), found


def _in_words(steps: list[BulkStep], found: list[set[int]]) -> str:
    done = [(step.label, len(keys)) for step, keys in zip(steps, found, strict=True) if keys]
    return " · ".join(_("%(what)s (%(count)d)") % {"what": what, "count": count} for what, count in done)
