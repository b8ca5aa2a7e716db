"""The mails to partners whose endpoint was paused, of which the table is the queue (`core/outbox.py`)."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from procrastinate.contrib.django import app

from clusterportal.core.outbox import Outbox
from clusterportal.partners.models import WebhookMail

SEND_NOW = "partners.send_now"  # the task, which stands above this module


def _text_of(mail: WebhookMail) -> dict | None:
    """Subject, body and recipient for `send_once`; None where the endpoint goes on already."""
    endpoint = mail.endpoint
    if endpoint.is_active or endpoint.pause_reason != mail.pause_reason:
        return None
    with override(mail.language):
        last = endpoint.attempts.filter(is_accepted=False).first()
        context = {"mail": mail, "endpoint": endpoint, "last": last, "site": settings.SITE_NAME}
        text = render_to_string("mail/partners/paused.txt", context)
    subject, _break, body = text.strip().partition("\n")
    return {"subject": " ".join(subject.split()), "body": body.strip() + "\n", "to": mail.to}


OUTBOX = Outbox(WebhookMail, _text_of)


def send_soon() -> None:
    """Has the mails sent as soon as the transaction commits; the run of every minute finds what this one misses."""
    app.configure_task(SEND_NOW, queue="mail").defer()
