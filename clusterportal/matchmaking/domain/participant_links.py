"""Links by which people without an account come in: to confirm, and to their wishes and talks."""

from datetime import timedelta

from django.utils import timezone

from clusterportal.core.signed_links import BadLink, SignedLink
from clusterportal.matchmaking.domain.states import is_forgotten
from clusterportal.matchmaking.models import Representative

VALID_FOR = timedelta(days=7)
CONFIRMATION = SignedLink("pages:talks-confirm", salt="matchmaking.confirm", valid_for=VALID_FOR)
VOUCH = SignedLink("pages:talks-vouch", salt="matchmaking.vouch", valid_for=VALID_FOR)
AGENDA = SignedLink("pages:talks-agenda", salt="matchmaking.agenda")


def person_of(link: SignedLink, token: str, *, locked: bool = False) -> Representative:
    """Whom the link was sent to. Raises BadLink, ExpiredLink; also for who was erased, or is to be by now."""
    return _found(str(link.key(token)), locked=locked)


def vouching_for(person: Representative, colleague: Representative) -> str:
    """The key of a link by which `colleague` confirms `person`."""
    return f"{person.uid} {colleague.uid}"


def vouched_by(token: str, *, locked: bool = False) -> tuple[Representative, Representative]:
    """The person whom the link confirms, and the colleague whom it was sent to. Raises BadLink, ExpiredLink."""
    person_uid, _space, colleague_uid = str(VOUCH.key(token)).partition(" ")
    person, colleague = _found(person_uid, locked=locked), _found(colleague_uid)
    if colleague.confirmed_at is None or colleague.participation_id != person.participation_id:
        raise BadLink
    return person, colleague


def _found(uid: str, *, locked: bool = False) -> Representative:
    people = Representative.objects.select_related("participation__event__cluster", "participation__actor")
    if locked:
        people = people.select_for_update(of=("self",))
    person = people.filter(uid=uid).first()
    if person is None or is_forgotten(person.participation.event, today=timezone.localdate()):
        raise BadLink
    return person
