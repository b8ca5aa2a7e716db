"""Headers of newsletters: RFC 2369 and RFC 8058 (unsubscribing), RFC 2919 (the list’s name)."""

from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from clusterportal.core.mailing import leaving_headers
from clusterportal.newsletters.domain import addresses
from clusterportal.newsletters.domain.addresses import UNSUBSCRIBE, sealed_address
from clusterportal.newsletters.models import MailingList


def sender() -> str:
    """`From`: the name in the setting, else that of the portal."""
    return formataddr((parseaddr(settings.NEWSLETTER_FROM)[0] or settings.SITE_NAME, addresses.sender()))


def of_issue(*, list: MailingList, key: UUID, leave: str) -> dict[str, str]:
    """Headers of one mail: `leave` is its link to unsubscribe, `key` that of the mail."""
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "From": sender(),
        "List-Id": f"<{list.slug}.{host}>",
        "Precedence": "bulk",
        **leaving_headers(leave, f"mailto:{sealed_address(UNSUBSCRIBE, key)}?subject=unsubscribe"),
    }
