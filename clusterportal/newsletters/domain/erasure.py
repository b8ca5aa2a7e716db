"""Erasing a person from newsletters: orders with what they led to, planned and sent mails, suppressed addresses."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.history.erasure import PersonFinding, erasable, forget_versions
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.newsletters.domain.retention import erase_subscriptions
from clusterportal.newsletters.models import (
    Bounce,
    ConfirmationMail,
    IssueItem,
    IssueMail,
    Order,
    Subscription,
    Suppression,
)


def _find_orders(search: Search) -> list[PersonFinding]:
    hits = {hit.record for hit in search.within(Order, "email")}
    found = Order.objects.filter(pk__in=hits).prefetch_related("subscriptions").select_related("mail")
    return [
        PersonFinding(
            str(one.pk),
            _("Order of a newsletter"),
            one.email,
            date_format(one.requested_at),
            places=frozenset(_places(one)),
            is_sure=search.person.has_email(one.email),
        )
        for one in found.order_by("pk")
    ]


def _places(order: Order) -> list[tuple[str, str]]:
    """The rows that go with an order."""
    mail = getattr(order, "mail", None)
    return [
        (Order._meta.db_table, str(order.pk)),
        *([(ConfirmationMail._meta.db_table, str(mail.pk))] if mail else []),
        *((Subscription._meta.db_table, str(one.pk)) for one in order.subscriptions.all()),
    ]


def _erase_orders(keys: list[str], person: Person) -> int:
    """With subscriptions and proof: who wants to be erased, cannot be shown to have agreed any more."""
    erase_subscriptions(Subscription.objects.filter(order__in=Order.objects.filter(pk__in=keys)))
    Order.objects.filter(pk__in=keys).delete()
    return len(keys)


def _find_mails(search: Search) -> list[PersonFinding]:
    """Mails of issues, with what bounced of them, and the address on the list of those who get none."""
    findings = []
    for model, column, kind in (
        (IssueMail, "to", _("Mail of a newsletter")),
        (Bounce, "email", _("Mail that came back")),
        (Suppression, "email", _("Suppressed address")),
    ):
        for hit in search.within(model, column):
            address = getattr(model._base_manager.get(pk=hit.record), column)
            findings.append(
                PersonFinding(
                    f"{model._meta.model_name}.{hit.record}",
                    kind,
                    address,
                    places=frozenset([hit.place]),
                    is_sure=search.person.has_email(address),
                )
            )
    return findings


def _erase_mails(keys: list[str], person: Person) -> int:
    models = {model._meta.model_name: model for model in (IssueMail, Bounce, Suppression)}
    for key in keys:
        name, _dot, pk = key.partition(".")
        models[name]._base_manager.filter(pk=pk).delete()
    return len(keys)


def _find_links(search: Search) -> list[PersonFinding]:
    """Entries of issues that are nothing but a link, whose address names the person: without it they say nothing."""
    hits = {hit.record: hit for hit in search.within(IssueItem, "url")}
    items = IssueItem.objects.filter(pk__in=hits, contribution=None).select_related("issue").order_by("pk")
    return [
        PersonFinding(
            str(one.pk),
            _("Link of a newsletter"),
            one.title,
            str(one.issue),
            places=frozenset([hits[str(one.pk)].place]),
            is_own=False,
        )
        for one in items
    ]


def _erase_links(keys: list[str], person: Person) -> int:
    count = IssueItem.objects.filter(pk__in=keys).delete()[1].get(IssueItem._meta.label, 0)
    forget_versions(IssueItem, keys)
    return count


erasable("newsletter_link", find=_find_links, erase=_erase_links)
erasable("newsletter_order", find=_find_orders, erase=_erase_orders)
erasable("newsletter_mail", find=_find_mails, erase=_erase_mails)
