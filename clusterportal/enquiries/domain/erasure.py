"""Erasing a person from enquiries: as the visitor who asked, and as a recipient of a mail."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.enquiries.domain.retention import forget
from clusterportal.enquiries.enums import MailKind
from clusterportal.enquiries.models import Enquiry, EnquiryMail
from clusterportal.history.erasure import Finding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person


def _find(search: Search) -> list[Finding]:
    hits = {hit.record for hit in search.within(Enquiry, "name", "email")}
    found = Enquiry.objects.filter(pk__in=hits).select_related("actor", "cluster").order_by("pk")
    return [
        Finding(
            str(one.pk),
            _("Enquiry"),
            one.name,
            f"{one} · {one.email} · {date_format(one.created_at)}",
            places=frozenset(
                [
                    (Enquiry._meta.db_table, str(one.pk)),
                    *((EnquiryMail._meta.db_table, str(mail.pk)) for mail in one.mails.all()),
                ]
            ),
            is_sure=search.person.has_email(one.email),
        )
        for one in found.prefetch_related("mails")
    ]


def _erase(keys: list[str], person: Person) -> int:
    """What is not confirmed goes whole, of the others a count remains; a mail that waits stays unsent."""
    chosen = Enquiry.objects.filter(pk__in=keys)
    deleted = chosen.filter(confirmed_at=None).delete()[1].get(Enquiry._meta.label, 0)
    return deleted + forget(chosen.filter(forgotten_at=None))


def _find_mails(search: Search) -> list[Finding]:
    """Mails to others than the visitor, whose own go with the enquiry."""
    hits = {hit.record: hit for hit in search.within(EnquiryMail, "to")}
    mails = EnquiryMail.objects.filter(pk__in=hits).exclude(kind=MailKind.CONFIRM)
    return [
        Finding(
            str(one.pk),
            _("Mail with an enquiry"),
            one.to,
            str(one.enquiry),
            places=frozenset([hits[str(one.pk)].place]),
            is_sure=search.person.has_email(one.to),
        )
        for one in mails.select_related("enquiry__actor", "enquiry__cluster").order_by("pk")
    ]


def _erase_mails(keys: list[str], person: Person) -> int:
    """One that waits goes unsent with it."""
    return EnquiryMail.objects.filter(pk__in=keys).delete()[0]


erasable("enquiry", find=_find, erase=_erase)
erasable("enquiry_mail", find=_find_mails, erase=_erase_mails)
