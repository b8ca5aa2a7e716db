"""Contributions in the feed of changes, the snapshots and the dumps of partners."""

from collections.abc import Mapping

from clusterportal.newsroom.api.serializers import ContributionDetailSerializer
from clusterportal.newsroom.models import Contribution
from clusterportal.partners.domain.public_records import RecordKind, follow
from clusterportal.partners.enums import FeedObject

_FIELDS = {FeedObject.ACTOR: "actors", FeedObject.CLUSTER: "clusters", FeedObject.AREA: "areas"}


def tell_partners() -> None:
    follow(
        FeedObject.CONTRIBUTION,
        RecordKind(
            lambda: Contribution.objects.published().with_parts(),
            ContributionDetailSerializer,
            naming=_naming,
        ),
    )


def _naming(named: Mapping[FeedObject, set[int]]) -> set[int]:
    """The keys of the contributions that show one of these actors, clusters and areas, or whose organiser it is."""
    found: set[int] = set()
    for object, name in _FIELDS.items():
        if keys := named.get(object):
            found.update(Contribution.objects.filter(**{f"{name}__in": keys}).values_list("pk", flat=True))
    if actors := named.get(FeedObject.ACTOR):
        found.update(Contribution.objects.filter(organiser__in=actors).values_list("pk", flat=True))
    return found
