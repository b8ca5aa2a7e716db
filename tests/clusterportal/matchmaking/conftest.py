"""An event with its participants, as the tests of the room need it."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from clusterportal.matchmaking.enums import Stance
from clusterportal.matchmaking.models import Event, Participation, Representative, Slot, Wish
from tests.factories import make_actor, make_cluster, make_person


class Hall:
    """An event of three slots at two tables, six weeks ahead, for which one can register."""

    def __init__(self, **fields):
        self.cluster = make_cluster()
        self.manager = make_person("manager", clusters=[self.cluster])
        day = timezone.localdate() + timedelta(days=42)
        self.event = Event.objects.create(
            **{
                "cluster": self.cluster,
                "slug": "laden",
                "title_de": "Laden und Abrechnen",
                "day": day,
                "opened_on": date(2026, 1, 1),
                "wishes_until": day - timedelta(days=7),
                "place": "Rathaus",
            }
            | fields
        )
        self.slots = [self.slot(time(13 + number)) for number in range(3)]

    def slot(self, starts: time, tables: int = 2) -> Slot:
        return Slot.objects.create(event=self.event, starts=starts, minutes=20, tables=tables)

    def comes(self, name: str, people: int = 1, **fields) -> Participation:
        participation = self.event.participations.create(
            organisation=name,
            actor=make_actor(name, **fields) if fields else None,
            confirmed_at=timezone.now(),
        )
        for number in range(people):
            self.person(participation, f"{name.lower()}{number}@example.org")
        return participation

    def person(self, participation: Participation, email: str) -> Representative:
        return Representative.objects.create(
            participation=participation,
            name=email.partition("@")[0],
            email=email,
            consent_text="2026-11",
            confirmed_at=timezone.now(),
        )

    def wish(self, source, target, stance: str = Stance.WISH, **fields) -> Wish:
        return Wish.objects.create(source=source, target=target, stance=stance, **fields)

    def both(self, one, other) -> None:
        self.wish(one, other)
        self.wish(other, one)


@pytest.fixture
def hall(chain, no_jobs):
    return Hall()
