"""What the board of one's clusters shows; everything bounded, and in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.timezone import localtime

from actors.models import Actor
from actors.rules import reaches_all
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import PublicationState
from clusterportal.history.changes import INSERT, Change, read, sources_for, versions_of
from clusterportal.imports.models import ImportRun
from clusterportal.review.enums import OPEN
from clusterportal.review.models import Proposal
from clusterportal.teamwork.domain.days import counted
from clusterportal.teamwork.models import ClusterDay, Note

SHOWN = 8  # records in each list; a link leads to the rest
CHANGES_SHOWN = 15
WEEK, PICTURED = timedelta(days=7), timedelta(days=365)
AGES = (1, 7, 30)  # days: the bounds between the ages of what waits


@dataclass(frozen=True)
class Age:
    """Proposals that wait for more than `above` and at most `up_to` days; None for no bound."""

    above: int
    up_to: int | None
    count: int


def clusters_within_reach(user) -> list[Cluster]:
    """The clusters of the person's teams; all for those who work with all actors."""
    clusters = Cluster.objects.order_by("position", "slug")
    return list(clusters if reaches_all(user) else clusters.filter(pk__in=clusters_of(user)))


def follow_ups(user) -> list[Note]:
    """The person's open follow-ups, overdue first."""
    own = Note.objects.visible_to(user).open().filter(assignee=user).most_urgent_first()
    return list(own.select_related("actor", "author", "assignee")[: SHOWN + 1])


def own_drafts(user) -> list[Actor]:
    """Drafts and what is in review, that the person began, changed last first."""
    at_work = [PublicationState.DRAFT, PublicationState.IN_REVIEW]
    began = versions_of(Actor).filter(
        pgh_obj=OuterRef("pk"), pgh_label=INSERT, pgh_context__metadata__user=user.pk
    )
    own = Actor.objects.curated_by(user).filter(Exists(began), state__in=at_work)
    return list(own.order_by("-updated_at", "pk")[: SHOWN + 1])


def of_colleagues_today(user) -> list[Change]:
    """What others did today with the records that the person may see."""
    midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(pgh_created_at__gte=midnight, pgh_context__metadata__has_key="user")
    others = today & ~Q(pgh_context__metadata__user=user.pk)
    return read((source.narrowed(others) for source in sources_for(user)), limit=CHANGES_SHOWN)


def queue(user) -> tuple[list[Age], list[Proposal]]:
    """How long proposals wait, and those that wait longest."""
    waiting = Proposal.objects.seen_by(user).filter(state__in=OPEN)
    pairs = list(zip((0, *AGES), (*AGES, None), strict=True))
    now = timezone.now()

    def between(above: int, up_to: int | None) -> Q:
        younger = Q() if up_to is None else Q(waiting_since__gt=now - timedelta(days=up_to))
        return younger & (Q(waiting_since__lte=now - timedelta(days=above)) if above else Q())

    counts = waiting.aggregate(
        **{f"from_{above}": Count("pk", filter=between(above, up_to)) for above, up_to in pairs}
    )
    ages = [Age(above, up_to, counts[f"from_{above}"]) for above, up_to in pairs]
    oldest = waiting.select_related("actor", "cluster").order_by("waiting_since", "pk")[:SHOWN]
    return ages, list(oldest) if sum(counts.values()) else []


def imports_of_the_week(user) -> list[ImportRun]:
    """Imports of the person and of colleagues on the same teams, the newest first; `is_within_reach`: may be opened."""
    runs = ImportRun.objects.filter(created_at__gte=timezone.now() - WEEK).select_related("by")
    if not reaches_all(user):
        team = get_user_model().objects.filter(team_memberships__cluster__in=clusters_of(user)).values("pk")
        runs = runs.filter(Q(by=user) | Q(by__in=team))
    opened = ImportRun.objects.visible_to(user).filter(pk=OuterRef("pk"))
    return list(runs.annotate(is_within_reach=Exists(opened)).order_by("-created_at", "-pk")[:SHOWN])


def team_of(clusters: Collection[Cluster]) -> list:
    """The colleagues on the teams of the clusters."""
    people = get_user_model().objects.filter(team_memberships__cluster__in=clusters, is_active=True)
    return list(people.distinct().order_by("last_name", "username")[:50])


def days_of(cluster: Cluster) -> list[ClusterDay]:
    """The past year of a cluster, one a day as far as they were counted, and this moment as the last one."""
    today = timezone.localdate()
    kept = ClusterDay.objects.filter(cluster=cluster, day__gte=today - PICTURED, day__lt=today).order_by(
        "day"
    )
    return [*kept, *counted(day=today, clusters=[cluster])]


def by_week(days: Collection[ClusterDay], *, most: int = 14) -> list[ClusterDay]:
    """One day of each week, the last one, the newest first: what the table beside the picture says."""
    found: dict[tuple, ClusterDay] = {week_of(one.day): one for one in days}
    return sorted(found.values(), key=lambda one: one.day, reverse=True)[:most]


def week_of(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
