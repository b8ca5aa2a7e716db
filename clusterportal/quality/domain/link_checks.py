"""Checking the websites of actors: each once a week, one request per host at a time; broken after two failed days."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from actors.rules import can_edit, needs_review
from clusterportal.core.signed_links import absolute
from clusterportal.history.acts import act
from clusterportal.quality.domain.fetching import Fetcher, NotPublic, OtherPort, Unreachable
from clusterportal.quality.domain.robots import Blocked, Robots
from clusterportal.quality.enums import LinkStatus
from clusterportal.quality.models import LinkCheck

LINKS_PER_RUN = 2000  # links of one run
RECHECK_AFTER = timedelta(days=6, hours=12)  # a nightly run then finds each link weekly
RETRY_AFTER = timedelta(hours=20)  # a link that failed is looked at the next night
FAILED_DAYS = 2  # on different days, until a link counts as broken
SECONDS_BETWEEN = 2.0  # seconds between two requests to one host
HOSTS_AT_ONCE = 8  # hosts
_FOR_PEOPLE_ONLY = (401, 403, 429, 451, 999)  # refused to programs; people may well get through


@dataclass(frozen=True)
class LinkFinding:
    """What a look at one address found; `is_failure` counts towards broken."""

    status: str
    reason: str = ""
    final_url: str = ""

    @property
    def is_failure(self) -> bool:
        return self.status == LinkStatus.FAILING


def user_agent() -> str:
    """Names the portal and where to complain; robots.txt may name it by the first word."""
    name = settings.SITE_NAME.encode("ascii", "ignore").decode()
    return f"ClusterPortalBot/1.0 ({name}; +{absolute(reverse('pages:imprint'))})"


def due() -> QuerySet[Actor]:
    """Published actors whose website is due for a check, the longest unchecked first."""
    now = timezone.now()
    check = Q(link_check__checked_at__lt=now - RECHECK_AFTER) | Q(
        link_check__status=LinkStatus.FAILING, link_check__checked_at__lt=now - RETRY_AFTER
    )
    return (
        Actor.objects.published()
        .exclude(website="")
        .filter(Q(link_check=None) | ~Q(link_check__url=F("website")) | check)
        .order_by(F("link_check__checked_at").asc(nulls_first=True), "pk")
    )


def check_due(
    *, limit: int = LINKS_PER_RUN, allowed: frozenset[str] = frozenset(), pause: float = SECONDS_BETWEEN
) -> dict[str, int]:
    """Check the links that are due, at most `limit`; returns the number of links by status.

    One request per host at a time, `pause` seconds between two. `allowed`: private addresses that may be visited.
    """
    by_host: dict[str, dict[int, str]] = {}
    for pk, url in due().values_list("pk", "website")[:limit]:
        by_host.setdefault(_host(url), {})[pk] = url
    fetcher = Fetcher(user_agent(), allowed)
    counts: dict[str, int] = {}
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for found in pool.map(lambda links: _look_at_host(links, fetcher, pause), by_host.values()):
            for pk, url, finding in found:
                status = record(actor_id=pk, url=url, finding=finding, at=timezone.now())
                counts[status] = counts.get(status, 0) + 1
    return counts


@transaction.atomic
def record(*, actor_id: int, url: str, finding: LinkFinding, at: datetime) -> str:
    """Store the finding; returns the status, which is "broken" from the second failed day on."""
    actor = Actor.objects.filter(pk=actor_id).first()
    if actor is None:
        return finding.status
    known = LinkCheck.objects.select_for_update().filter(actor=actor, url=url).first()
    failures = _failures(known, finding, at)
    status = LinkStatus.BROKEN if failures >= FAILED_DAYS else finding.status
    said = {
        "status": status,
        "reason": finding.reason[:200],
        "final_url": finding.final_url,
        "failures": failures,
    }
    LinkCheck.objects.update_or_create(actor=actor, defaults={"url": url, "checked_at": at, **said})
    return status


@transaction.atomic
def take_new_address(*, check: LinkCheck, by) -> bool:
    """Write the new address into the entry; False when the entry has another website by now."""
    actor = Actor.objects.select_for_update().get(pk=check.actor_id)
    if not can_edit(by, actor) or needs_review(by, actor):
        raise PermissionDenied
    if check.status != LinkStatus.MOVED or actor.website != check.url:
        return False
    with act("new website", by=by):
        actor.website = check.final_url
        actor.save(update_fields=["website"])
    check.url, check.final_url, check.status, check.reason = check.final_url, "", LinkStatus.OK, ""
    check.save()
    return True


def _failures(known: LinkCheck | None, finding: LinkFinding, at: datetime) -> int:
    """Consecutive days on which the link failed; two failures on one day count once."""
    if not finding.is_failure:
        return 0
    if known is None or not known.failures:
        return 1
    same_day = timezone.localdate(known.checked_at) == timezone.localdate(at)
    return known.failures if same_day else known.failures + 1


def _look_at_host(
    links: dict[int, str], fetcher: Fetcher, pause: float
) -> list[tuple[int, str, LinkFinding]]:
    """Runs in a thread of its own and touches no database."""
    robots, found = Robots(fetcher), []
    for number, (pk, url) in enumerate(links.items()):
        if number:
            time.sleep(max(pause, robots.pause(url)))
        found.append((pk, url, look(url, fetcher=fetcher, robots=robots)))
    return found


def look(url: str, *, fetcher: Fetcher, robots: Robots) -> LinkFinding:
    """What a visitor who follows the link would probably see."""
    try:
        answer = replace(fetcher, guard=robots.check).look(url)
    except Blocked:
        return LinkFinding(LinkStatus.BLOCKED)
    except OtherPort as error:
        return LinkFinding(LinkStatus.REFUSED, str(error))
    except NotPublic:
        return LinkFinding(LinkStatus.REFUSED)
    except Unreachable as error:
        return LinkFinding(LinkStatus.FAILING, str(error))
    if answer.status in _FOR_PEOPLE_ONLY:
        return LinkFinding(LinkStatus.GUARDED, f"HTTP {answer.status}")
    if answer.status >= 400:
        return LinkFinding(LinkStatus.FAILING, f"HTTP {answer.status}")
    if answer.is_permanent and answer.url != url:
        return (
            LinkFinding(LinkStatus.MOVED, final_url=answer.url)
            if len(answer.url) <= 500
            else LinkFinding(LinkStatus.OK)
        )
    return LinkFinding(LinkStatus.OK)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
