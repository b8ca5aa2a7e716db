"""How an actor is reached: what the profile shows first."""

from dataclasses import dataclass

from actors.enums import ContactBy
from actors.models import Actor
from clusterportal.enquiries.domain.enquiring import takes_enquiries


@dataclass(frozen=True)
class Contact:
    """`mail`: the published address for the main button; empty where the form of the portal is the way."""

    mail: str
    takes_enquiries: bool


def contact_of(actor: Actor) -> Contact:
    """Its own address comes before that of a person; reads the `public_contacts` of a profile."""
    people = [person.email for person in actor.public_contacts if person.email]  # type: ignore[attr-defined]
    by_form = actor.contact_by == ContactBy.PORTAL and actor.is_published
    return Contact(
        mail="" if by_form else next(filter(None, [actor.email, *people]), ""),
        takes_enquiries=takes_enquiries(actor),
    )
