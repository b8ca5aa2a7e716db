"""Links by which people without an account come in: to confirm, and to their wishes and talks."""

from datetime import timedelta

from clusterportal.core.signed_links import BadLink, SignedLink
from clusterportal.matchmaking.models import Representative

VALID_FOR = timedelta(days=7)
CONFIRMATION = SignedLink("pages:talks-confirm", salt="matchmaking.confirm", valid_for=VALID_FOR)
AGENDA = SignedLink("pages:talks-agenda", salt="matchmaking.agenda")


def person_of(link: SignedLink, token: str, *, locked: bool = False) -> Representative:
    """Whom the link was sent to. Raises BadLink, ExpiredLink; also for who was erased."""
    people = Representative.objects.select_related("participation__event__cluster", "participation__actor")
    if locked:
        people = people.select_for_update(of=("self",))
    person = people.filter(uid=str(link.key(token))).first()
    if person is None:
        raise BadLink
    return person
