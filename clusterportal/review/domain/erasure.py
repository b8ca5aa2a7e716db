"""Taking a person out of proposals: as the one who proposed, and as a contact that was proposed."""

import json

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext as _

from clusterportal.history.erasure import MOST_FOUND, Finding, Person, erasable
from clusterportal.review.models import Proposal, ProposalNote

_PERSON = {"name": "", "email": "", "role": "", "message": "", "user": None}
_PLACES = ("record", "base")  # where a proposal holds contacts


def _find(person: Person) -> list[Finding]:
    proposers = Proposal.objects.filter(person.match(name="name", email="email"))
    found = [
        Finding(str(one.pk), _("Proposer"), one.name, f"{one.title} · {one.email}")
        for one in proposers[:MOST_FOUND]
    ]
    holding = Proposal.objects.filter(Q(record__has_key="contacts") | Q(base__has_key="contacts"))
    for proposal in holding.iterator():
        if any(_is(person, contact) for place in _PLACES for contact in _contacts(proposal, place)):
            key = f"{proposal.pk}/{json.dumps([person.name, person.email])}"
            found.append(
                Finding(key, _("Proposed contact person"), person.name or person.email, proposal.title)
            )
    return found


def _erase(keys: list[str]) -> int:
    for key in keys:
        pk, _slash, contact = key.partition("/")
        proposals = Proposal.objects.filter(pk=pk)
        if not contact:
            scrub(proposals)
        elif proposal := proposals.select_for_update().first():
            _remove_contacts(proposal, Person(*json.loads(contact)))
    return len(keys)


def _remove_contacts(proposal: Proposal, person: Person) -> None:
    for place in _PLACES:
        values = getattr(proposal, place)
        if "contacts" in values:
            values["contacts"] = [one for one in _contacts(proposal, place) if not _is(person, one)]
    proposal.save(update_fields=_PLACES)


def _contacts(proposal: Proposal, place: str) -> list[dict]:
    return getattr(proposal, place).get("contacts") or []


def _is(person: Person, contact: dict) -> bool:
    name, email = (str(contact.get(key) or "").casefold() for key in ("name", "email"))
    return bool(person.name and name == person.name.casefold()) or bool(
        person.email and email == person.email.casefold()
    )


def scrub(proposals) -> list[int]:
    """Empties who proposed and what they wrote; the proposed facts stay. Returns the keys of the proposals."""
    keys = list(proposals.values_list("pk", flat=True))
    Proposal.objects.filter(pk__in=keys).update(**_PERSON)
    ProposalNote.objects.filter(proposal__in=keys).update(text="")
    return keys


def _find_addresses(person: Person) -> list[Finding]:
    addresses = EmailAddress.objects.filter(email__iexact=person.email) if person.email else []
    return [Finding(str(one.pk), _("Sign-in address"), one.email, str(one.user)) for one in addresses]


def _erase_addresses(keys: list[str]) -> int:
    return EmailAddress.objects.filter(pk__in=keys).delete()[0]


erasable("proposal", find=_find, erase=_erase)
erasable("address", find=_find_addresses, erase=_erase_addresses)
