"""The mails of the room, of which the table is the queue (`core/outbox.py`): none leaves twice."""

from procrastinate.contrib.django import app

from clusterportal.core.outbox import Outbox
from clusterportal.partnering.domain.mails import text_of
from clusterportal.partnering.models import SearchMail

OUTBOX = Outbox(SearchMail, text_of)
send_due = OUTBOX.send_due
SEND_NOW = "partnering.send_now"  # the task, which stands above this module


def send_soon() -> None:
    """Has the mails sent as soon as the transaction commits; the run of every minute finds what this one misses."""
    app.configure_task(SEND_NOW, queue="mail").defer()
