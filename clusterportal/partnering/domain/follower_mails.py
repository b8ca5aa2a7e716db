"""Followers hear that something changed, or that it ended."""

from clusterportal.core.outbox import MailState
from clusterportal.partnering.domain.outbox import send_soon
from clusterportal.partnering.enums import MailKind
from clusterportal.partnering.models import Follower, PartnerSearch, SearchMail


def tell_followers(searches: list[PartnerSearch], *, kind: MailKind) -> int:
    """Queue a mail to each confirmed follower, sent when the transaction commits; returns how many.

    Who has a mail of that kind waiting already gets no second one: it will say what holds when it leaves.
    """
    followers = Follower.objects.filter(search__in=searches, confirmed_at__isnull=False)
    waiting = SearchMail.objects.filter(kind=kind, state=MailState.WAITING, follower__isnull=False)
    mails = SearchMail.objects.bulk_create(
        SearchMail(kind=kind, follower=one, to=one.email)
        for one in followers.exclude(pk__in=waiting.values("follower"))
    )
    if mails:
        send_soon()
    return len(mails)


def tell_of_change(search: PartnerSearch) -> None:
    if search.is_published:
        tell_followers([search], kind=MailKind.CHANGED)
