"""Four kinds of knowledge in a cluster, read from the placements of its members.

The formula is ours (the field names the kinds, not how to count them): whatever networks, associations and chambers are
placed on is network knowledge; of everybody else, layers 1 and 2 are technological, layer 3 is design, layers 4 and 5
are industry knowledge. Each placement counts once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from actors.enums import ActorKind
from actors.models import Membership
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.disclosure import MIN_ACTORS, too_few
from clusterportal.core.publication import is_published
from clusterportal.lifecycle.enums import Knowledge

NETWORKING = frozenset({ActorKind.ASSOCIATION, ActorKind.CHAMBER})
OF_LAYER = {
    1: Knowledge.TECHNOLOGICAL,
    2: Knowledge.TECHNOLOGICAL,
    3: Knowledge.DESIGN,
    4: Knowledge.INDUSTRY,
    5: Knowledge.INDUSTRY,
}
MIN_CLUSTERS = 3  # a mean of fewer would say too much of one


@dataclass
class Profile:
    """Placements of a cluster's members by kind of knowledge and position of the layer."""

    actors: int = 0
    placements: dict[Knowledge, dict[int, int]] = field(
        default_factory=lambda: {kind: defaultdict(int) for kind in Knowledge}
    )

    def count(self, kind: Knowledge) -> int:
        return sum(self.placements[kind].values())

    @property
    def total(self) -> int:
        return sum(map(self.count, Knowledge))

    def percent(self, kind: Knowledge) -> float:
        """The share of a kind, of a profile that is not empty."""
        return 100 * self.count(kind) / self.total


def knowledge_of(kind: str, layer: int) -> Knowledge:
    """What a placement of an actor of this kind on the layer at this position stands for."""
    return Knowledge.NETWORK if kind in NETWORKING else OF_LAYER[layer]


def profiles(clusters: Iterable[Cluster], *, as_of: date, public: bool = True) -> dict[int, Profile]:
    """The profiles of clusters by their primary keys, over their members of that day; two queries."""
    memberships = Membership.objects.public() if public else Membership.objects.all()
    members = memberships.standing_on(as_of).filter(cluster__in=[cluster.pk for cluster in clusters])
    if public:
        members = members.filter(is_published("actor"))
    found: dict[int, Profile] = defaultdict(Profile)
    counted = members.order_by().values_list("cluster").annotate(Count("actor", distinct=True))
    for cluster, number in counted:
        found[cluster].actors = number
    placed = members.filter(actor__placements__isnull=False).order_by()
    rows = placed.values_list("cluster", "actor__kind", "actor__placements__layer__position").annotate(
        Count("actor__placements", distinct=True)
    )
    for cluster, kind, layer, number in rows:
        found[cluster].placements[knowledge_of(kind, layer)][layer] += number
    return found


def released_clusters() -> list[Cluster]:
    """The published clusters that show the public their life cycle and knowledge; of each no more than its key."""
    releases = Release.objects.public().filter(section=Section.LIFE_CYCLE)
    return list(Cluster.objects.filter(pk__in=releases.values("cluster")).only("pk").order_by("pk"))


def mean_of_others(cluster: Cluster, profiles: dict[int, Profile]) -> dict[Knowledge, float] | None:
    """The mean of the shares in the other clusters, in per cent, each cluster weighing alike.

    None where fewer than three others have a profile of enough actors: the rest would follow from the mean.
    """
    others = [
        profile
        for key, profile in profiles.items()
        if key != cluster.pk and profile.total and not too_few(profile.actors)
    ]
    if len(others) < MIN_CLUSTERS:
        return None
    return {kind: sum(one.percent(kind) for one in others) / len(others) for kind in Knowledge}


def is_shown(profile: Profile) -> bool:
    """Whether the public sees the profile: of no actor there is nothing, of one or two it would be theirs."""
    return profile.actors >= MIN_ACTORS and profile.total > 0
