"""Erasing a person from proposals: as proposer and as proposed contact person."""

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext as _

from clusterportal.history.addressed_records import addressed_records
from clusterportal.history.erasure import Excerpt, PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.review.models import Proposal, ProposalNote

_PERSON: dict[str, object] = {
    "name": "",
    "email": "",
    "role": "",
    "message": "",
    "wanted_topics": [],
    "user": None,
}
_PLACES = ("record", "base")  # where a proposal holds contacts


def _find(search: Search) -> list[PersonFinding]:
    person = search.person
    found = addressed_records(
        search,
        Proposal.objects.all(),
        address="email",
        also=("name",),
        kind=_("Proposer"),
        title=lambda proposal: proposal.name,
        detail=lambda proposal: f"{proposal.title} · {proposal.email}",
        together="notes",
    )
    holding = Proposal.objects.filter(Q(record__has_key="contacts") | Q(base__has_key="contacts")).order_by(
        "pk"
    )
    for proposal in holding.iterator():
        contacts = [one for place in _PLACES for one in _contacts(proposal, place) if _is(person, one)]
        if contacts:
            found.append(
                PersonFinding(
                    f"{proposal.pk}/contact",
                    _("Proposed contact person"),
                    str(contacts[0].get("name") or ""),
                    proposal.title,
                    places=_rows_of(proposal),
                    is_sure=any(person.has_email(str(one.get("email") or "")) for one in contacts),
                    is_own=False,
                    excerpts=tuple(
                        Excerpt("", "", str(value), "") for one in contacts for value in one.values() if value
                    ),
                )
            )
    return found


def _rows_of(proposal: Proposal) -> frozenset[tuple[str, str]]:
    """The proposal with what was said about it."""
    notes = proposal.notes.values_list("pk", flat=True)
    return frozenset(
        [
            (Proposal._meta.db_table, str(proposal.pk)),
            *((ProposalNote._meta.db_table, str(pk)) for pk in notes),
        ]
    )


def _erase(keys: list[str], person: Person) -> int:
    for key in keys:
        pk, _slash, contact = key.partition("/")
        proposals = Proposal.objects.filter(pk=pk)
        if not contact:
            scrub(proposals)
        elif proposal := proposals.select_for_update().first():
            _remove_contacts(proposal, person)
    return len(keys)


def _remove_contacts(proposal: Proposal, person: Person) -> None:
    for place in _PLACES:
        values = getattr(proposal, place)
        if "contacts" in values:
            values["contacts"] = [one for one in _contacts(proposal, place) if not _is(person, one)]
    proposal.save(update_fields=_PLACES)


def _contacts(proposal: Proposal, place: str) -> list[dict]:
    found = getattr(proposal, place).get("contacts") or []
    return [one for one in found if isinstance(one, dict)]


def _is(person: Person, contact: dict) -> bool:
    return any(person.spots(str(contact.get(key) or "")) for key in ("name", "email"))


def scrub(proposals) -> list[int]:
    """Empties the proposer's name, address and texts; the proposed values stay. Returns the keys of the proposals."""
    keys = list(proposals.values_list("pk", flat=True))
    Proposal.objects.filter(pk__in=keys).update(**_PERSON)
    ProposalNote.objects.filter(proposal__in=keys).update(text="")
    return keys


def _find_addresses(search: Search) -> list[PersonFinding]:
    return addressed_records(
        search,
        EmailAddress.objects.select_related("user"),
        address="email",
        kind=_("Sign-in address"),
        title=lambda address: address.email,
        detail=lambda address: address.user,
    )


def _erase_addresses(keys: list[str], person: Person) -> int:
    return EmailAddress.objects.filter(pk__in=keys).delete()[0]


erasable("proposal", find=_find, erase=_erase)
erasable("address", find=_find_addresses, erase=_erase_addresses)
