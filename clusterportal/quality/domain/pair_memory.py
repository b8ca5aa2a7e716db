"""What was said about pairs of an actor, carried over a merge and back."""

from actors.models import Actor
from clusterportal.quality.enums import PairState
from clusterportal.quality.models import DuplicatePair

_COLUMNS = (
    "first_id",
    "second_id",
    "score",
    "reasons",
    "state",
    "decided_by_id",
    "decided_at",
    "note",
)


def carry(*, kept: Actor, merged: Actor) -> dict:
    """Pairs with `merged` that a person dismissed become dismissed pairs with `kept`; returns what `restore` needs.

    Pairs that wait for a decision are not carried: the next look compares what the merge has made.
    """
    pairs = DuplicatePair.objects.of(merged.pk)
    remembered = list(pairs.values(*_COLUMNS))
    carried = []
    for pair in pairs.exclude(state=PairState.OPEN):
        other = pair.second_id if pair.first_id == merged.pk else pair.first_id
        if other == kept.pk:
            continue
        first, second = sorted((kept.pk, other))
        said = {name: getattr(pair, name) for name in _COLUMNS[2:]}
        twin, is_new = DuplicatePair.objects.get_or_create(first_id=first, second_id=second, defaults=said)
        if is_new:
            carried.append(twin.pk)
    return {"pairs": remembered, "carried": carried}


def restore(before: dict) -> None:
    """Make the pairs what they were before the merge; pairs of actors that are gone by now stay away."""
    DuplicatePair.objects.filter(pk__in=before["carried"]).delete()
    there = set(
        Actor.objects.filter(
            pk__in={pair[end] for pair in before["pairs"] for end in ("first_id", "second_id")}
        ).values_list("pk", flat=True)
    )
    DuplicatePair.objects.bulk_create(
        (DuplicatePair(**pair) for pair in before["pairs"] if {pair["first_id"], pair["second_id"]} <= there),
        ignore_conflicts=True,
    )
