"""Erasing a person from enquiries: as the visitor who asked, and as a recipient of a mail."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.enquiries.domain.retention import forget
from clusterportal.enquiries.enums import MailKind
from clusterportal.enquiries.models import Enquiry, EnquiryMail
from clusterportal.history.addressed_records import addressed_records
from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person


def _find(search: Search) -> list[PersonFinding]:
    return addressed_records(
        search,
        Enquiry.objects.select_related("actor", "cluster"),
        address="email",
        also=("name",),
        kind=_("Enquiry"),
        title=lambda enquiry: enquiry.name,
        detail=lambda enquiry: f"{enquiry} · {enquiry.email} · {date_format(enquiry.created_at)}",
        together="mails",
    )


def _erase(keys: list[str], person: Person) -> int:
    """What is not confirmed goes whole, of the others a count remains; a mail that waits stays unsent."""
    chosen = Enquiry.objects.filter(pk__in=keys)
    deleted = chosen.filter(confirmed_at=None).delete()[1].get(Enquiry._meta.label, 0)
    return deleted + forget(chosen.filter(forgotten_at=None))


def _find_mails(search: Search) -> list[PersonFinding]:
    """Mails to others than the visitor, whose own go with the enquiry."""
    mails = EnquiryMail.objects.exclude(kind=MailKind.CONFIRM)
    return addressed_records(
        search,
        mails.select_related("enquiry__actor", "enquiry__cluster"),
        address="to",
        kind=_("Mail with an enquiry"),
        title=lambda mail: mail.to,
        detail=lambda mail: mail.enquiry,
    )


def _erase_mails(keys: list[str], person: Person) -> int:
    """One that waits goes unsent with it."""
    return EnquiryMail.objects.filter(pk__in=keys).delete()[0]


erasable("enquiry", find=_find, erase=_erase)
erasable("enquiry_mail", find=_find_mails, erase=_erase_mails)
