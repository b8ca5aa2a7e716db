"""From the records of an event to the problem that its plan solves."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from actors.models import ApplicationFocus, LayerPlacement
from clusterportal.matchmaking.domain.scheduling.problem import Pair, Participant, Problem, Seat, pair_of
from clusterportal.matchmaking.domain.scheduling.problem import Wish as Sought
from clusterportal.matchmaking.enums import Stance, TalkStatus
from clusterportal.matchmaking.models import Event, Participation, Representative, Slot, Talk, Wish

MUTUAL, ACCEPTED, UNANSWERED = (
    3,
    2,
    1,
)  # points of a pair of which both, or one and the other, or one says "wish"
COMPLEMENT = 1  # further point: in the same area, on different layers


class SlotsOverlap(Exception):
    """Two slots of the event are at the same time."""


@dataclass(frozen=True)
class Posed:
    """A problem, and the records that it speaks of: slots by their number, participants by their key."""

    problem: Problem
    slots: list[Slot]
    participants: dict[int, Participation]
    mutual: frozenset[Pair]
    complements: frozenset[Pair]

    def number_of(self, slot: Slot) -> int:
        return self.slots.index(slot)


def pose(event: Event, *, with_announced: bool = True) -> Posed:
    """What is to be solved now, with what was announced or as if nothing were. Raises SlotsOverlap."""
    slots = list(event.slots.all())
    if any(one.ends_at > next_one.begins_at for one, next_one in pairwise(slots)):
        raise SlotsOverlap
    participants = {
        one.pk: one for one in event.participations.coming().select_related("actor").order_by("pk")
    }
    stances = {
        (one.source_id, one.target_id): one
        for one in Wish.objects.filter(source__in=participants, target__in=participants)
    }
    complements = complementary(participants.values())
    weights, declined, mutual = _weighed(stances, complements)
    number = {slot.pk: place for place, slot in enumerate(slots)}
    announced: list[Seat] = []
    if with_announced:
        told = [TalkStatus.PLANNED, TalkStatus.KEPT]
        standing = Talk.objects.standing().filter(plan__event=event, status__in=told)
        announced = [(talk.one_id, talk.other_id, number[talk.slot_id]) for talk in standing]
    problem = Problem(
        participants=tuple(Participant(key, places) for key, places in _places(participants, slots).items()),
        tables=tuple(slot.tables for slot in slots),
        wishes=tuple(
            Sought(pair, weight, times=2 if _is_repeatable(stances, pair) else 1)
            for pair, weight in sorted(weights.items())
        ),
        announced=tuple(sorted(seat for seat in announced if participants.keys() >= {*seat[:2]})),
        declined=declined,
        rest_after=event.rest_after,
    )
    return Posed(problem, slots, participants, mutual, complements)


def complementary(participants: Iterable[Participation]) -> frozenset[Pair]:
    """Pairs that complete each other: an area in common, and no layer."""
    of_actor = {one.actor_id: one.pk for one in participants if one.actor_id}
    areas: dict[int, set[int]] = {}
    layers: dict[int, set[int]] = {}
    for actor, area in ApplicationFocus.objects.filter(actor__in=of_actor).values_list("actor", "area"):
        areas.setdefault(actor, set()).add(area)
    for actor, layer in LayerPlacement.objects.filter(actor__in=of_actor).values_list("actor", "layer"):
        layers.setdefault(actor, set()).add(layer)
    return frozenset(
        pair_of(of_actor[one], of_actor[other])
        for one in areas.keys() & layers.keys()
        for other in areas.keys() & layers.keys()
        if one < other and areas[one] & areas[other] and not layers[one] & layers[other]
    )


def _weighed(
    stances: dict[Pair, Wish], complements: frozenset[Pair]
) -> tuple[dict[Pair, int], frozenset[Pair], frozenset[Pair]]:
    """Points of each pair, the pairs of which one declined, and those of which both wish to meet."""
    weights: dict[Pair, int] = {}
    declined, mutual = set(), set()
    for (source, target), wish in stances.items():
        pair = pair_of(source, target)
        if wish.stance == Stance.NOT:
            declined.add(pair)
        elif wish.stance == Stance.WISH:
            answer = stances.get((target, source))
            points = {Stance.WOULD: ACCEPTED, Stance.WISH: MUTUAL}
            said = points.get(Stance(answer.stance), UNANSWERED) if answer else UNANSWERED
            weights[pair] = said + COMPLEMENT * (pair in complements)
            if answer and answer.stance == Stance.WISH:
                mutual.add(pair)
    return weights, frozenset(declined), frozenset(mutual)


def _is_repeatable(stances: dict[Pair, Wish], pair: Pair) -> bool:
    both = [stances.get(pair), stances.get(pair[::-1])]
    return all(wish and wish.is_repeatable for wish in both)


def _places(participants: dict[int, Participation], slots: list[Slot]) -> dict[int, tuple[int, ...]]:
    """How many people of each participant are there in each slot; one of them has one talk at a time."""
    places = {key: [0] * len(slots) for key in participants}
    people = Representative.objects.filter(participation__in=participants, confirmed_at__isnull=False)
    for person in people.prefetch_related("away"):
        away = {slot.pk for slot in person.away.all()}
        for place, slot in enumerate(slots):
            places[person.participation_id][place] += slot.pk not in away and person.is_here is not False
    return {key: tuple(own) for key, own in places.items()}
