"""Double opt-in: an order, the mail that asks, the button that confirms. What is proof is written as it happens."""

import hashlib
import ipaddress
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterportal.core.english_words import plain_words
from clusterportal.core.signed_links import BadLink
from clusterportal.newsletters.domain.confirmation_mails import send_soon
from clusterportal.newsletters.domain.reader_links import CONFIRMATION
from clusterportal.newsletters.enums import StepKind, SuppressionReason
from clusterportal.newsletters.models import (
    ConfirmationMail,
    Declaration,
    MailingList,
    Order,
    Subscription,
    SubscriptionStep,
    Suppression,
)


def wording(*, language: str) -> str:
    """What somebody agrees to who orders; which newsletters are meant, stands in the order and in its mail."""
    with override(language):
        return _(
            "I want to receive the newsletters chosen here by e-mail from “%(site)s”: news, events and partner "
            "searches of the clusters. I can withdraw this consent at any time, by the link in each issue. My address "
            "is used for nothing else and passed on to nobody; opening and clicking are not recorded."
        ) % {"site": settings.SITE_NAME}


@transaction.atomic
def order(
    *, email: str, lists: Collection[MailingList], language: str, form: str, page: str, network: str = ""
) -> Order | None:
    """Notes what was asked for and has the mail sent that asks for confirmation.

    `page`: the address of the form. `network`: where the request came from, kept shortened and only by setting.
    None where the owner of the address wants no mails at all; nobody else is told.
    """
    address = email.strip().lower()
    if Suppression.objects.filter(email=address, reason=SuppressionReason.ASKED).exists():
        return None
    made = Order.objects.create(
        email=address,
        language=language,
        form=form,
        page=page,
        declaration=_declaration(language),
        network=shortened(network) if settings.NEWSLETTER_NETWORK_DAYS else None,
    )
    made.lists.set(lists)
    ConfirmationMail.objects.create(order=made, to=address)
    send_soon()
    return made


def _declaration(language: str) -> Declaration:
    with plain_words():
        text = wording(language=language)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Declaration.objects.get_or_create(digest=digest, defaults={"text": text, "language": language})[0]


def shortened(address: str) -> str | None:
    """The network of an address, /24 or /48: it names a provider, not a household."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False).network_address)


def to_confirm(token: str) -> Order:
    """The order that a link names; changes nothing. Raises BadLink, ExpiredLink."""
    return _named(token, Order.objects.all())


def has_ended(order: Order) -> bool:
    """Whether it was confirmed, and nothing of it is read any more."""
    read = Subscription.objects.active().filter(email=order.email, list__in=order.lists.all())
    return order.confirmed_at is not None and not read.exists()


@transaction.atomic
def confirm(token: str) -> Order:
    """The owner of the address pressed the button: the subscriptions begin. A second time changes nothing.

    Raises BadLink, ExpiredLink.
    """
    found = _named(token, Order.objects.select_for_update())
    if found.confirmed_at is None:
        found.confirmed_at = timezone.now()
        found.save(update_fields=["confirmed_at"])
        Suppression.objects.filter(email=found.email).exclude(reason=SuppressionReason.ASKED).delete()
        for one in found.lists.all():
            _subscribe(found, one)
    return found


def _subscribe(made: Order, to: MailingList) -> None:
    fresh = {"order": made, "form": made.form, "confirmed_at": made.confirmed_at}
    subscription, is_new = Subscription.objects.get_or_create(
        list=to, email=made.email, ended_at=None, defaults=fresh
    )
    if not is_new:
        subscription.form = made.form
        subscription.save(update_fields=["form"])
        with plain_words():
            detail = _("Order %(number)s, %(form)s") % {"number": made.pk, "form": made.get_form_display()}
        SubscriptionStep.objects.create(
            subscription=subscription, kind=StepKind.CONFIRMED_AGAIN, detail=detail
        )


def _named(token: str, orders) -> Order:
    found = orders.filter(uid=str(CONFIRMATION.key(token))).first()
    if found is None:
        raise BadLink
    return found
