"""Erasing a person from partner search: as a follower, and as a recipient of suggestions."""

from django.utils.translation import gettext as _

from clusterportal.history.addressed_records import addressed_records
from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.partnering.models import Follower, SearchMail


def _find(search: Search) -> list[PersonFinding]:
    return addressed_records(
        search,
        Follower.objects.select_related("search"),
        address="email",
        kind=_("Follower"),
        title=lambda follower: follower.email,
        detail=lambda follower: follower.search,
        together="mails",
    )


def _erase(keys: list[str], person: Person) -> int:
    return Follower.objects.filter(pk__in=keys).delete()[1].get(Follower._meta.label, 0)


def _find_mails(search: Search) -> list[PersonFinding]:
    """Mails to representatives; those of followers go with them."""
    return addressed_records(
        search,
        SearchMail.objects.filter(follower=None),
        address="to",
        kind=_("Mail with suggestions"),
        title=lambda mail: mail.to,
    )


def _erase_mails(keys: list[str], person: Person) -> int:
    return SearchMail.objects.filter(pk__in=keys).delete()[0]


erasable("follower", find=_find, erase=_erase)
erasable("search_mail", find=_find_mails, erase=_erase_mails)
