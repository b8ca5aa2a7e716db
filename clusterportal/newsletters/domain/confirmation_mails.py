"""The mail that asks whether an order is wanted: no word of advertising in it, as the courts want."""

from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from procrastinate.contrib.django import app

from clusterportal.core.outbox import Outbox
from clusterportal.newsletters.domain.reader_links import CONFIRMATION, KEPT_UNCONFIRMED
from clusterportal.newsletters.models import ConfirmationMail

SEND_NOW = "newsletters.send_now"  # the task, which stands above this module


def text_of(mail: ConfirmationMail) -> dict | None:
    """What the mail says, for `send_once`; kept as part of the proof before it leaves. None once it is confirmed."""
    order = mail.order
    if order.confirmed_at is not None:
        return None
    with override(order.language):
        context = {
            "site": settings.SITE_NAME,
            "host": urlsplit(settings.SITE_URL).hostname,
            "lists": list(order.lists.all()),
            "declaration": order.declaration.text,
            "link": CONFIRMATION.address(str(order.uid), language=order.language),
            "days": KEPT_UNCONFIRMED.days,
        }
        text = render_to_string("mail/newsletters/confirm.txt", context).strip()
    subject, _break, body = text.partition("\n")
    subject, body = " ".join(subject.split()), body.strip() + "\n"
    mail.text = f"{subject}\n\n{body}"
    mail.save(update_fields=["text"])
    # Programs that answer by themselves leave it alone (RFC 3834).
    return {"subject": subject, "body": body, "to": mail.to, "headers": {"Auto-Submitted": "auto-generated"}}


OUTBOX = Outbox(ConfirmationMail, text_of)
send_due = OUTBOX.send_due


def send_soon() -> None:
    """Has the mails sent when the transaction commits; the run of every minute finds what this one misses."""
    app.configure_task(SEND_NOW, queue="mail").defer()
