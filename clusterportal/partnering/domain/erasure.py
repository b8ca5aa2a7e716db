"""Erasing a person from partner search: as a follower, and as a recipient of suggestions."""

from django.utils.translation import gettext as _

from clusterportal.history.erasure import Finding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.partnering.models import Follower, SearchMail


def _find(search: Search) -> list[Finding]:
    hits = {hit.record for hit in search.within(Follower, "email")}
    found = Follower.objects.filter(pk__in=hits).select_related("search").order_by("pk")
    return [
        Finding(
            str(one.pk),
            _("Follower"),
            one.email,
            str(one.search),
            places=frozenset(
                [
                    (Follower._meta.db_table, str(one.pk)),
                    *((SearchMail._meta.db_table, str(mail.pk)) for mail in one.mails.all()),
                ]
            ),
            is_sure=search.person.has_email(one.email),
        )
        for one in found.prefetch_related("mails")
    ]


def _erase(keys: list[str], person: Person) -> int:
    return Follower.objects.filter(pk__in=keys).delete()[1].get(Follower._meta.label, 0)


def _find_mails(search: Search) -> list[Finding]:
    """Mails to representatives; those of followers go with them."""
    hits = {hit.record: hit for hit in search.within(SearchMail, "to")}
    mails = SearchMail.objects.filter(pk__in=hits, follower=None).order_by("pk")
    return [
        Finding(
            str(one.pk),
            _("Mail with suggestions"),
            one.to,
            "",
            places=frozenset([hits[str(one.pk)].place]),
            is_sure=search.person.has_email(one.to),
        )
        for one in mails
    ]


def _erase_mails(keys: list[str], person: Person) -> int:
    return SearchMail.objects.filter(pk__in=keys).delete()[0]


erasable("follower", find=_find, erase=_erase)
erasable("search_mail", find=_find_mails, erase=_erase_mails)
