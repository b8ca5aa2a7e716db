"""The proof of one subscription, in order, as it is printed: wording, request, mail, confirmation, changes, end."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from clusterportal.newsletters.models import Subscription


class Line(NamedTuple):
    """A fact of the proof, and when it came about."""

    at: datetime | None
    what: str
    detail: str


def proof_of(subscription: Subscription) -> Iterator[Line]:
    """3 queries at most, where order, declaration and mail were read along."""
    order = subscription.order
    detail = _("Page %(page)s, wording %(number)s") % {"page": order.page, "number": order.declaration_id}
    yield Line(order.requested_at, _("Requested by the form"), detail)
    if order.network:
        yield Line(order.requested_at, _("Shortened network address"), order.network)
    mail = getattr(order, "mail", None)
    if mail is not None:
        detail = _("Message-ID %(key)s, SHA-256 %(digest)s") % {"key": mail.key, "digest": mail.digest}
        yield Line(mail.sent_at, _("Mail that asks for confirmation"), detail)
    yield Line(order.confirmed_at, _("Confirmed"), _("By the button on the page that the mail led to"))
    for step in subscription.steps.all():
        yield Line(step.at, step.get_kind_display(), step.detail)
