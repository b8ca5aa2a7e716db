"""What visitors do: ask, and confirm that the e-mail address is theirs."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actors.enums import ContactBy
from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.signed_links import BadLink
from clusterportal.enquiries.domain.confirmation_link import CONFIRMATION
from clusterportal.enquiries.domain.outbox import send_soon
from clusterportal.enquiries.domain.recipients import distribution
from clusterportal.enquiries.enums import MailKind
from clusterportal.enquiries.models import Enquiry, EnquiryMail


class NobodyToAsk(Exception):
    """The actor is no longer public, or wants no enquiries any more."""


@dataclass(frozen=True)
class Enquirer:
    """Who asks; the language is the one of the page."""

    email: str
    name: str
    organisation: str = ""
    phone: str = ""
    language: str = "de"


@dataclass(frozen=True)
class About:
    """What an actor published and asks people to answer: its permanent id, title and path."""

    uid: UUID
    title: str
    page: str


def takes_enquiries(actor: Actor) -> bool:
    return actor.is_published and actor.contact_by != ContactBy.NOT


@transaction.atomic
def enquire(
    *,
    text: str,
    by: Enquirer,
    actor: Actor | None = None,
    cluster: Cluster | None = None,
    about: About | None = None,
) -> Enquiry:
    """Keeps the enquiry and asks by mail whether the address is the visitor's; nobody else hears of it yet.

    `about`: what of the actor it answers; who published that takes answers, whatever is said of other enquiries.
    Raises NobodyToAsk.
    """
    if actor and not (actor.is_published if about else takes_enquiries(actor)):
        raise NobodyToAsk
    enquiry = Enquiry.objects.create(
        actor=actor,
        cluster=None if actor else cluster,
        subject_uid=about.uid if about else None,
        subject=about.title if about else "",
        subject_page=about.page if about else "",
        text=text,
        name=by.name,
        organisation=by.organisation,
        email=by.email,
        phone=by.phone,
        language=by.language,
    )
    EnquiryMail.objects.create(enquiry=enquiry, kind=MailKind.CONFIRM, to=enquiry.email, language=by.language)
    send_soon()
    return enquiry


@transaction.atomic
def confirm(token: str) -> Enquiry:
    """The address is the visitor's: the enquiry goes out. A second time changes nothing.

    Raises BadLink, ExpiredLink, NobodyToAsk.
    """
    enquiry = _named(token, Enquiry.objects.select_for_update(of=("self",)))
    if enquiry.confirmed_at is None:
        actor = enquiry.actor
        if actor and not (actor.is_published if enquiry.subject_uid else takes_enquiries(actor)):
            raise NobodyToAsk
        enquiry.confirmed_at = timezone.now()
        enquiry.save(update_fields=["confirmed_at"])
        to = distribution(actor=enquiry.actor, cluster=enquiry.cluster)
        EnquiryMail.objects.bulk_create(
            EnquiryMail(enquiry=enquiry, kind=kind, to=one.address, language=one.language)
            for kind, people in ((to.kind, to.to), (MailKind.COPY, to.copies))
            for one in people
        )
        send_soon()
    return enquiry


def to_confirm(token: str) -> Enquiry:
    """The enquiry that a link names; changes nothing. Raises BadLink, ExpiredLink."""
    return _named(token, Enquiry.objects.all())


def _named(token: str, enquiries) -> Enquiry:
    found = enquiries.select_related("actor", "cluster").filter(uid=str(CONFIRMATION.key(token))).first()
    if found is None:
        raise BadLink
    return found
