"""People without an account: they follow, confirm that the address is theirs, and stop."""

from django.db import transaction
from django.utils import timezone

from clusterportal.core.outbox import MailState
from clusterportal.core.signed_links import BadLink, SignedLink
from clusterportal.partnering.domain.follower_links import CONFIRMATION, DECLINE, STOP
from clusterportal.partnering.domain.outbox import send_soon
from clusterportal.partnering.enums import MailKind
from clusterportal.partnering.models import Follower, MailChoice, PartnerSearch, SearchMail


@transaction.atomic
def follow(*, search: PartnerSearch, email: str, language: str) -> None:
    """Asks by mail whether the address is the visitor's. Who follows already gets no mail, and nobody is told so."""
    follower = Follower.objects.filter(search=search, email__iexact=email).first()
    if follower is None:
        follower = Follower.objects.create(search=search, email=email, language=language)
    waiting = follower.mails.filter(kind=MailKind.CONFIRM, state=MailState.WAITING)
    if follower.confirmed_at is None and not waiting.exists():
        SearchMail.objects.create(kind=MailKind.CONFIRM, follower=follower, to=follower.email)
        send_soon()


@transaction.atomic
def confirm(token: str) -> Follower:
    """The address follows from now on. A second time changes nothing. Raises BadLink, ExpiredLink."""
    follower = to_confirm(token)
    Follower.objects.filter(pk=follower.pk, confirmed_at=None).update(confirmed_at=timezone.now())
    return follower


def to_confirm(token: str) -> Follower:
    """Whom a link of confirmation names; changes nothing. Raises BadLink, ExpiredLink."""
    return _named(CONFIRMATION, token)


def to_stop(token: str) -> Follower:
    """Whom a link to stop names; changes nothing. Raises BadLink, also for who has stopped."""
    return _named(STOP, token)


@transaction.atomic
def stop(token: str) -> None:
    """The address is forgotten at once, with its mails. A second time changes nothing. Raises BadLink."""
    Follower.objects.filter(uid=str(STOP.key(token))).delete()


@transaction.atomic
def decline(token: str) -> None:
    """The representative gets no suggestions by mail any more. Raises BadLink."""
    if not MailChoice.objects.filter(uid=str(DECLINE.key(token))).update(declined_at=timezone.now()):
        raise BadLink


@transaction.atomic
def choose_mails(*, by, wanted: bool) -> None:
    """The same on one's own page, there and back."""
    MailChoice.objects.update_or_create(user=by, defaults={"declined_at": None if wanted else timezone.now()})


def wants_mails(user) -> bool:
    return not MailChoice.objects.filter(user=user, declined_at__isnull=False).exists()


def _named(link: SignedLink, token: str) -> Follower:
    found = Follower.objects.select_related("search__actor").filter(uid=str(link.key(token))).first()
    if found is None:
        raise BadLink
    return found
