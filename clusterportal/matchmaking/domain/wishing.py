"""What participants say about each other. Nobody sees the answers of others, and a "no" shows nowhere."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from clusterportal.matchmaking.domain.registering import NotOpen
from clusterportal.matchmaking.domain.states import takes_registrations
from clusterportal.matchmaking.enums import Stance
from clusterportal.matchmaking.models import Participation, Wish


def could_meet(participation: Participation) -> list[Participation]:
    """The other participants of the event, by name."""
    others = participation.event.participations.coming().exclude(pk=participation.pk)
    return sorted(others.select_related("actor"), key=lambda one: str(one).casefold())


def mutual_with(participation: Participation) -> set[int]:
    """The keys of participants with whom the wish is mutual; of all others nothing is told."""
    own = Wish.objects.filter(source=participation, stance=Stance.WISH).values("target")
    back = Wish.objects.filter(target=participation, stance=Stance.WISH, source__in=own)
    return set(back.values_list("source", flat=True))


@transaction.atomic
def say(
    *, participation: Participation, stances: Mapping[int, str], again: frozenset[int] = frozenset()
) -> int:
    """What the participant says now, by the other's key: one of `Stance`, or nothing. Returns how many were said.

    `again`: with whom more than one talk is welcome. Keys that are not of the event are left out. Raises NotOpen after
    the last day for wishes.
    """
    if not takes_registrations(participation.event, today=timezone.localdate()):
        raise NotOpen
    known = {one.pk for one in could_meet(participation)}
    Wish.objects.filter(source=participation).delete()
    said = Wish.objects.bulk_create(
        Wish(source=participation, target_id=key, stance=stance, is_repeatable=key in again)
        for key, stance in stances.items()
        if key in known and stance in Stance.values
    )
    return len(said)
