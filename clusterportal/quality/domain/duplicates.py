"""Finding actors that are in the registry twice, and remembering what people said about them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actors.models import Actor
from actors.rules import can_edit
from clusterportal.intake.identity.evidence import WORTH_A_LOOK, compare, score_of
from clusterportal.quality.domain.candidates import candidates
from clusterportal.quality.domain.descriptions import descriptions_of, kinships
from clusterportal.quality.enums import PairState
from clusterportal.quality.models import DuplicatePair

PAIRS_AT_ONCE = 1000  # pairs that are compared with one reading of their actors


class PairCounts(NamedTuple):
    """How many pairs wait for a decision, and how many that waited look alike no longer."""

    waiting: int
    vanished: int


@transaction.atomic
def find_duplicates() -> PairCounts:
    """Compare the whole registry; decisions of people stay, open pairs that are none any more go."""
    vanished = _renew(candidates(), among=DuplicatePair.objects.open())
    return PairCounts(DuplicatePair.objects.open().count(), vanished)


@transaction.atomic
def look_for(*, actor: Actor, by) -> int:
    """Compare `actor` with the whole registry at once; returns how many of its pairs wait for a decision."""
    if not can_edit(by, actor):
        raise PermissionDenied
    own = DuplicatePair.objects.open().of(actor.pk)
    _renew(candidates(actor_id=actor.pk), among=own)
    return own.curated_by(by).count()


@transaction.atomic
def dismiss(*, pair: DuplicatePair, by, note: str = "") -> None:
    """These are two organisations: never ask again."""
    _decide(pair, PairState.DISMISSED, by=by, at=timezone.now(), note=note)


@transaction.atomic
def reopen(*, pair: DuplicatePair, by) -> None:
    """Forget that the two were told apart."""
    _decide(pair, PairState.OPEN, by=None, at=None, note="", asking=by)


def _decide(pair: DuplicatePair, state: str, *, by, at, note: str, asking=None) -> None:
    person = asking or by
    if not all(can_edit(person, actor) for actor in (pair.first, pair.second)):
        raise PermissionDenied
    pair.state, pair.decided_by, pair.decided_at, pair.note = state, by, at, note
    pair.save(update_fields=["state", "decided_by", "decided_at", "note"])


def _renew(found: Iterable[tuple[int, int]], *, among) -> int:
    """Store what the candidates amount to; drop the pairs `among` those stored that are not among them."""
    alike = set()
    found = iter(found)
    while some := list(islice(found, PAIRS_AT_ONCE)):
        pairs = list(_worth_a_look(some))
        DuplicatePair.objects.bulk_create(
            pairs,
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["score", "reasons"],
        )
        alike |= {(pair.first_id, pair.second_id) for pair in pairs}
    stored = among.values_list("pk", "first", "second").order_by()
    gone = [pk for pk, first, second in stored.iterator() if (first, second) not in alike]
    DuplicatePair.objects.filter(pk__in=gone).delete()
    return len(gone)


def _worth_a_look(keys: list[tuple[int, int]]) -> Iterator[DuplicatePair]:
    actor_ids = {pk for pair in keys for pk in pair}
    facts, kin = descriptions_of(actor_ids), kinships(actor_ids)
    for first, second in keys:
        if first not in facts or second not in facts:
            continue  # deleted since the candidates were found
        reasons = compare(facts[first], facts[second], are_related=frozenset((first, second)) in kin)
        if (score := score_of(reasons)) >= WORTH_A_LOOK:
            listed = [reason.as_json() for reason in reasons]
            yield DuplicatePair(first_id=first, second_id=second, score=score, reasons=listed)
