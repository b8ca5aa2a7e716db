"""How people come to an event: they register, confirm by mail, say when they are there, leave."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from django.utils import timezone

from actors.models import Actor
from clusterportal.core.signed_links import BadLink
from clusterportal.matchmaking.domain.outbox import write_to
from clusterportal.matchmaking.domain.participant_links import CONFIRMATION, person_of, vouched_by
from clusterportal.matchmaking.domain.releasing import standing_plan
from clusterportal.matchmaking.domain.states import is_over, takes_registrations
from clusterportal.matchmaking.domain.talks_of_person import talks_of
from clusterportal.matchmaking.enums import MailKind, TalkStatus
from clusterportal.matchmaking.models import Event, Participation, Representative, Slot, Talk, Wish
from clusterportal.matchmaking.rules import can_organise

CONSENT = "2026-11"  # version of the text in the form; the text and this change together


class NotOpen(Exception):
    """The event takes no registrations on this day."""


class Over(Exception):
    """The event is past: nothing about its talks changes any more by a link."""


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

    Who is registered already gets the way to their wishes by mail once more, and nobody is told of whom the organisers
    took out, so the form tells nobody who is registered. Raises NotOpen.
    """
    if not takes_registrations(event, today=timezone.localdate()):
        raise NotOpen
    Event.objects.select_for_update().get(pk=event.pk)
    people = Representative.objects.filter(participation__event=event)
    known = _same(people, "email", by.email).select_related("participation").first()
    if known and known.participation.is_taken_out:
        return
    if known and known.participation.withdrawn_at is None:
        write_to([known], kind=MailKind.WELCOME if known.confirmed_at else MailKind.CONFIRM)
        return
    participation = _participation(event, by)
    if participation.is_taken_out:
        return
    if known:
        known.delete()
    person = Representative.objects.create(
        participation=participation,
        name=by.name,
        email=by.email,
        language=by.language,
        consent_text=CONSENT,
    )
    write_to([person], kind=MailKind.CONFIRM)


def _participation(event: Event, by: Registrant) -> Participation:
    registered = event.participations.all()
    if by.actor:
        found = registered.filter(actor=by.actor).first()
    else:
        found = _same(registered.filter(actor=None), "organisation", by.organisation).first()
    if found:
        return found
    name = by.actor.name if by.actor else by.organisation
    return event.participations.create(actor=by.actor, organisation=name)


def _same(records: QuerySet, column: str, text: str) -> QuerySet:
    """Those whose `column` is `text` but for case, as the constraints compare: "ẞ" is another letter in upper case."""
    return records.alias(lower=Lower(column)).filter(lower=Lower(Value(text)))


@transaction.atomic
def confirm(token: str) -> Representative:
    """The address is theirs: the registration counts, if the person is the first one of the organisation.

    Anybody can name any organisation. So a further person waits until a colleague who counts confirms them (each gets a
    mail), or the organiser does. A second time changes nothing. Raises BadLink, ExpiredLink, and NotOpen when
    registration is over.
    """
    person = person_of(CONFIRMATION, token, locked=True)
    if person.confirmed_at or person.waits_since:
        return person
    participation = Participation.objects.select_for_update().get(pk=person.participation_id)
    if participation.is_taken_out:
        raise BadLink
    if not takes_registrations(person.participation.event, today=timezone.localdate()):
        raise NotOpen
    if participation.confirmed_at and participation.withdrawn_at is None:
        person.waits_since = timezone.now()
        person.save(update_fields=["waits_since"])
        colleagues = participation.people.filter(confirmed_at__isnull=False)
        write_to(colleagues, kind=MailKind.VOUCH, about=person)
    else:
        _admit(person, participation)
    return person


@transaction.atomic
def vouch(token: str) -> Representative:
    """A colleague says that the person comes for the organisation. Raises BadLink, ExpiredLink, Over."""
    person, _colleague = vouched_by(token, locked=True)
    if person.participation.is_taken_out:
        raise BadLink
    if is_over(person.participation.event, today=timezone.localdate()):
        raise Over
    if person.confirmed_at is None:
        _admit(person, person.participation)
    return person


@transaction.atomic
def admit_waiting(*, participation: Participation, by) -> int:
    """The organiser knows the people who wait, and confirms them; returns how many. Raises PermissionDenied."""
    if not can_organise(by, participation.event):
        raise PermissionDenied
    if participation.is_taken_out:
        return 0
    waiting = participation.people.filter(confirmed_at=None, waits_since__isnull=False)
    found = list(waiting.select_for_update())
    for person in found:
        _admit(person, participation)
    return len(found)


def _admit(person: Representative, participation: Participation) -> None:
    """From now on the person counts, and so does the organisation."""
    person.confirmed_at, person.waits_since = timezone.now(), None
    person.save(update_fields=["confirmed_at", "waits_since"])
    participation.confirmed_at = participation.confirmed_at or person.confirmed_at
    participation.withdrawn_at = None
    participation.save(update_fields=["confirmed_at", "withdrawn_at"])
    write_to([person], kind=MailKind.WELCOME)


@transaction.atomic
def set_away(*, person: Representative, slots: Iterable[Slot]) -> None:
    """When the person is not there. Raises Over, and WouldStrand where announced talks need them."""
    if is_over(person.participation.event, today=timezone.localdate()):
        raise Over
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

    Returns the talks that fall out. Raises WouldStrand where colleagues cannot take over what was announced. After the
    event the person is erased and everything else stays.
    """
    participation = person.participation
    if is_over(participation.event, today=timezone.localdate()):
        person.delete()
        return []
    colleagues = participation.people.filter(confirmed_at__isnull=False).exclude(pk=person.pk)
    if colleagues.exists():
        set_away(person=person, slots=participation.event.slots.all())
        person.delete()
        return []
    person.delete()
    return _leave(participation)


@transaction.atomic
def take_out(*, participation: Participation, by) -> list[Talk]:
    """The organiser takes an organisation out; returns the talks that fall out. Raises PermissionDenied.

    It cannot register again until the organiser lets it.
    """
    if not can_organise(by, participation.event):
        raise PermissionDenied
    participation.is_taken_out = True
    participation.save(update_fields=["is_taken_out"])
    return _leave(participation)


def talks_lost(participation: Participation) -> list[Talk]:
    """What would fall out if the organisation left; shown before it does. After the event nothing does."""
    plan = standing_plan(participation.event)
    if plan is None or is_over(participation.event, today=timezone.localdate()):
        return []
    return [talk for talk in talks_of(participation, plan=plan) if talk.status == TalkStatus.PLANNED]


def _leave(participation: Participation) -> list[Talk]:
    lost = talks_lost(participation)
    participation.withdrawn_at = timezone.now()
    participation.save(update_fields=["withdrawn_at"])
    # Whoever registers the organisation anew need not be one of those who wished.
    Wish.objects.filter(source=participation).delete()
    Talk.objects.filter(pk__in=[talk.pk for talk in lost]).update(status=TalkStatus.CANCELLED)
    if lost:
        partners = {talk.partner_of(participation).pk for talk in lost}
        people = Representative.objects.filter(participation__in=partners, confirmed_at__isnull=False)
        write_to(people, kind=MailKind.CHANGED, plan=lost[0].plan)
    return lost
