"""Which talks a person has: an organisation with several people divides its talks among those who are there."""

from dataclasses import dataclass

from django.db.models import Q

from clusterportal.matchmaking.enums import TalkStatus
from clusterportal.matchmaking.models import Participation, Representative, SchedulePlan, Talk


@dataclass(frozen=True)
class Appointment:
    """A talk of one person, and with whom."""

    talk: Talk
    partner: Participation


def talks_of(participation: Participation, *, plan: SchedulePlan) -> list[Talk]:
    """The talks of an organisation in the plan, in their order."""
    talks = plan.talks.named().exclude(status=TalkStatus.CANCELLED)
    return [talk for talk in talks if participation.pk in (talk.one_id, talk.other_id)]


def appointments_of(person: Representative, *, plan: SchedulePlan) -> list[Appointment]:
    """The talks that fall to this person: each goes to whoever is there and has had the fewest so far.

    Nothing is stored, so somebody can come in another's place without a new plan.
    """
    participation = person.participation
    people = list(
        participation.people.filter(confirmed_at__isnull=False).prefetch_related("away").order_by("pk")
    )
    away = {one.pk: {slot.pk for slot in one.away.all()} for one in people}
    had = {one.pk: 0 for one in people}
    busy: set[tuple[int, int]] = set()
    own = []
    for talk in talks_of(participation, plan=plan):
        there = [
            one for one in people if talk.slot_id not in away[one.pk] and (one.pk, talk.slot_id) not in busy
        ]
        if not there:
            continue
        goes = min(there, key=lambda one: (had[one.pk], one.pk))
        had[goes.pk] += 1
        busy.add((goes.pk, talk.slot_id))
        if goes == person:
            own.append(Appointment(talk, talk.partner_of(participation)))
    return own


def called_off(participation: Participation, *, plan: SchedulePlan) -> list[Talk]:
    """Talks of the organisation that were announced once and do not stand in `plan`, each as it was told last."""
    standing = {talk.uid for talk in talks_of(participation, plan=plan)}
    told = Talk.objects.named().filter(plan__event=plan.event, plan__announced_at__isnull=False)
    told = told.filter(Q(one=participation) | Q(other=participation)).order_by("plan__version")
    return list({talk.uid: talk for talk in told if talk.uid not in standing}.values())
