"""The mails of enquiries, of which the table is the queue (`core/outbox.py`): none leaves twice."""

from django.db import transaction
from procrastinate.contrib.django import app

from clusterportal.core.outbox import Outbox
from clusterportal.enquiries.domain.mails import text_of
from clusterportal.enquiries.models import Enquiry, EnquiryMail

OUTBOX = Outbox(EnquiryMail, text_of)
send_due = OUTBOX.send_due
look_after_lost_ones = OUTBOX.look_after_lost_ones
SEND_NOW = "enquiries.send_now"  # the task, which stands above this module


def send_soon() -> None:
    """Has the mails sent as soon as the transaction commits; the run of every minute finds what this one misses."""
    app.configure_task(SEND_NOW, queue="mail").defer()


@transaction.atomic
def send_again(*, enquiry: Enquiry) -> int:
    """A person who may see the enquiry decides that its refused or unclear mails go out once more."""
    found = EnquiryMail.objects.filter(enquiry=enquiry).send_again()
    if found:
        send_soon()
    return found
