"""How people come to an event: they register, confirm by mail, say when they are there, leave."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actors.models import Actor
from clusterportal.matchmaking.domain.links import CONFIRMATION, person_of
from clusterportal.matchmaking.domain.outbox import write_to
from clusterportal.matchmaking.domain.releasing import standing_plan
from clusterportal.matchmaking.domain.states import takes_registrations
from clusterportal.matchmaking.domain.talks_of_person import talks_of
from clusterportal.matchmaking.enums import MailKind, TalkStatus
from clusterportal.matchmaking.models import Event, Participation, Representative, Slot, Talk
from clusterportal.matchmaking.rules import can_organise

CONSENT = "2026-11"  # version of the text in the form; the text and this change together


class NotOpen(Exception):
    """The event takes no registrations on this day."""


class WouldStrand(Exception):
    """Talks that were announced lie in these slots; `talks` names them."""

    def __init__(self, talks: list[Talk]):
        super().__init__(", ".join(map(str, talks)))
        self.talks = talks


@dataclass(frozen=True)
class Registrant:
    """Who registers, for an actor of the registry or for an organisation by name; the language is the page's."""

    name: str
    email: str
    language: str
    actor: Actor | None = None
    organisation: str = ""


@transaction.atomic
def register(*, event: Event, by: Registrant) -> None:
    """Keeps the registration and asks by mail whether the address is theirs; it counts when they confirm.

    Who is registered already gets the way to their wishes by mail once more, so the form tells nobody who is.
    Raises NotOpen.
    """
    if not takes_registrations(event, today=timezone.localdate()):
        raise NotOpen
    Event.objects.select_for_update().get(pk=event.pk)
    known = Representative.objects.filter(participation__event=event, email__iexact=by.email).first()
    if known and known.participation.withdrawn_at is None:
        write_to([known], kind=MailKind.WELCOME if known.confirmed_at else MailKind.CONFIRM)
        return
    if known:
        known.delete()
    person = Representative.objects.create(
        participation=_participation(event, by),
        name=by.name,
        email=by.email,
        language=by.language,
        consent_text=CONSENT,
    )
    write_to([person], kind=MailKind.CONFIRM)


def _participation(event: Event, by: Registrant) -> Participation:
    named = {"actor": by.actor} if by.actor else {"actor": None, "organisation__iexact": by.organisation}
    found = event.participations.filter(**named).first()
    if found:
        return found
    name = by.actor.name if by.actor else by.organisation
    return event.participations.create(actor=by.actor, organisation=name)


@transaction.atomic
def confirm(token: str) -> Representative:
    """The address is theirs: the registration counts. A second time changes nothing. Raises BadLink, ExpiredLink."""
    person = person_of(CONFIRMATION, token, locked=True)
    if person.confirmed_at is None:
        person.confirmed_at = timezone.now()
        person.save(update_fields=["confirmed_at"])
        participation = person.participation
        participation.confirmed_at = participation.confirmed_at or person.confirmed_at
        participation.withdrawn_at = None
        participation.save(update_fields=["confirmed_at", "withdrawn_at"])
        write_to([person], kind=MailKind.WELCOME)
    return person


@transaction.atomic
def set_away(*, person: Representative, slots: Iterable[Slot]) -> None:
    """When the person is not there. Raises WouldStrand where announced talks of the organisation need them."""
    away = {slot.pk for slot in slots}
    plan = standing_plan(person.participation.event)
    if plan:
        others = person.participation.people.filter(confirmed_at__isnull=False).exclude(pk=person.pk)
        stay = [{slot.pk for slot in one.away.all()} for one in others.prefetch_related("away")]
        talks = talks_of(person.participation, plan=plan)
        short = [
            talk
            for talk in talks
            if talk.slot_id in away
            and sum(one.slot_id == talk.slot_id for one in talks)
            > sum(talk.slot_id not in gone for gone in stay)
        ]
        if short:
            raise WouldStrand(short)
    person.away.set(away)


@transaction.atomic
def withdraw(*, person: Representative) -> list[Talk]:
    """The person does not come; the last one of an organisation takes its talks along, and the partners are told.

    Returns the talks that fall out. Raises WouldStrand where colleagues cannot take over what was announced.
    """
    participation = person.participation
    colleagues = participation.people.filter(confirmed_at__isnull=False).exclude(pk=person.pk)
    if colleagues.exists():
        set_away(person=person, slots=participation.event.slots.all())
        person.delete()
        return []
    person.delete()
    return _leave(participation)


@transaction.atomic
def take_out(*, participation: Participation, by) -> list[Talk]:
    """The organiser takes an organisation out; returns the talks that fall out. Raises PermissionDenied."""
    if not can_organise(by, participation.event):
        raise PermissionDenied
    return _leave(participation)


def talks_lost(participation: Participation) -> list[Talk]:
    """What would fall out if the organisation left; shown before it does."""
    plan = standing_plan(participation.event)
    if plan is None:
        return []
    return [talk for talk in talks_of(participation, plan=plan) if talk.status == TalkStatus.PLANNED]


def _leave(participation: Participation) -> list[Talk]:
    lost = talks_lost(participation)
    participation.withdrawn_at = timezone.now()
    participation.save(update_fields=["withdrawn_at"])
    Talk.objects.filter(pk__in=[talk.pk for talk in lost]).update(status=TalkStatus.CANCELLED)
    if lost:
        partners = {talk.partner_of(participation).pk for talk in lost}
        people = Representative.objects.filter(participation__in=partners, confirmed_at__isnull=False)
        write_to(people, kind=MailKind.CHANGED, plan=lost[0].plan)
    return lost
