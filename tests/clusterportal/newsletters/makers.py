"""Lists, readers and issues as tests want them."""

from uuid import uuid4

from django.utils import timezone

from clusterportal.newsletters.domain import scheduling
from clusterportal.newsletters.models import Declaration, Issue, MailingList, Order, Subscription
from tests.factories import make_person


def make_list(cluster=None, language: str = "de", **fields) -> MailingList:
    name = f"Neues aus {cluster or 'der Region'}"
    slug = f"{cluster.slug if cluster else 'portal'}-{language}"
    return MailingList.objects.create(
        **{"cluster": cluster, "language": language, "slug": slug, "name": name} | fields
    )


def make_reader(to: MailingList, email: str = "", **fields) -> Subscription:
    """Somebody who ordered and confirmed."""
    return make_readers(to, [email or f"{uuid4().hex[:8]}@leser.example"], **fields)[0]


def make_readers(to: MailingList, emails: list[str], **fields) -> list[Subscription]:
    now = timezone.now()
    declaration, _new = Declaration.objects.get_or_create(
        digest="-", defaults={"text": "Ja, ich will.", "language": "de"}
    )
    orders = Order.objects.bulk_create(
        Order(
            email=email,
            declaration=declaration,
            page="https://portal.example/de/newsletter/",
            confirmed_at=now,
        )
        for email in emails
    )
    return Subscription.objects.bulk_create(
        Subscription(**{"list": to, "order": one, "email": one.email, "confirmed_at": now} | fields)
        for one in orders
    )


def make_issue(cluster=None, **fields) -> Issue:
    """A draft with one link of its own, in German."""
    issue = Issue.objects.create(
        **{"cluster": cluster, "slug": f"ausgabe-{uuid4().hex[:8]}", "title_de": "Zwei Lücken"} | fields
    )
    issue.items.create(
        title_de="Grundlagen fehlen",
        lead_de="Wer sie kennt, kann sie vorschlagen.",
        url="https://a.example/eins",
    )
    return issue


def make_scheduled(cluster=None, **fields) -> Issue:
    """An issue whose time has come."""
    issue = make_issue(cluster, **fields)
    scheduling.schedule(issue=issue, at=timezone.now(), by=make_person("administrator"))
    issue.refresh_from_db()
    return issue
