"""A newsletter that goes out while everybody else works."""

from django.utils import timezone

from clusterportal.newsletters.models import Issue, MailingList
from tests.clusterportal.newsletters.makers import make_readers

HOST = "@leser.example"


def schedule(recipients: int) -> None:
    """So many readers of the region's German list, and an issue whose time has come."""
    a_list = MailingList.objects.get(cluster=None, language="de")
    make_readers(a_list, [f"{number}{HOST}" for number in range(recipients)])
    issue = Issue.objects.create(slug="last", title_de="Ausgabe unter Last")
    issue.items.create(title_de="Ein Beitrag", url="https://a.example/")
    Issue.objects.filter(pk=issue.pk).update(state="scheduled", send_at=timezone.now())


def readers_of(accepted: list[str]) -> list[str]:
    """Those of them among the recipients of all mails."""
    return [one for one in accepted if one.endswith(HOST)]
