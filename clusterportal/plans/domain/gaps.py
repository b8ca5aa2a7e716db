"""Step 3: the gaps of the clusters of a plan, and who fills whose gap with which reason.

A gap is a layer and an area of the plan that no member of a cluster joins. Proposed is who stands there outside the
cluster; where nobody does, a member on that layer which works in another area of the plan.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from actors.models import Actor, ApplicationFocus, LayerPlacement, Membership
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.plans.domain import candidates
from clusterportal.plans.domain.competences import Competences, competences
from clusterportal.plans.domain.complementarity import complementarity
from clusterportal.plans.enums import GapVerdict
from clusterportal.plans.models import ActionPlan, GapDecision
from layers.models import Layer

PROPOSED = 4  # actors for one gap: the first with its reason, the others by name
COMPARED = 200  # members of a cluster with whom a proposed actor is compared


@dataclass(frozen=True)
class ProposedActor:
    """An actor that could fill a gap. `is_member`: of the cluster itself, on the layer in another area of the plan."""

    actor: Actor
    shared: int  # areas of the plan that it works in
    reason: str
    is_member: bool = False
    completes: Actor | None = None  # the member of the cluster that it completes most ...
    complementarity: float = 0.0  # ... and how much
    decision: GapDecision | None = None  # by which it was taken for the gap
    placement: LayerPlacement | None = None  # whose note is the reason


@dataclass(frozen=True)
class Member:
    """A member of a cluster with the keys of its areas and layers."""

    actor: Actor
    areas: frozenset[int]
    layers: frozenset[int]


@dataclass(frozen=True)
class Gap:
    cluster: Cluster
    layer: Layer
    area: ApplicationArea
    proposals: tuple[ProposedActor, ...]
    taken: tuple[ProposedActor, ...] = ()  # who was taken for it already

    @property
    def is_open(self) -> bool:
        """Nobody was taken for it yet."""
        return not self.taken

    @property
    def best(self) -> ProposedActor | None:
        return self.proposals[0] if self.proposals else None

    @property
    def others(self) -> tuple[ProposedActor, ...]:
        return self.proposals[1:]

    @property
    def shown(self) -> tuple[ProposedActor, ...]:
        """Who was taken, else who is proposed."""
        return self.taken or self.proposals

    @property
    def key(self) -> str:
        """What names the gap in an address: slugs of cluster, layer and area."""
        return f"{self.cluster.slug}.{self.layer.slug}.{self.area.slug}"


def gaps_of(
    plan: ActionPlan, *, clusters: list[Cluster] | None = None, found: Competences | None = None
) -> list[Gap]:
    """The gaps of all clusters of the plan, or of `clusters`: taken ones first, then those that outsiders could fill.

    Within these: clusters in the order of the plan, areas with most members first, layers from research to market.
    Three queries a cluster, and four. What was dismissed is proposed no more.
    """
    found = found or competences(plan, clusters=clusters)
    gaps = [gap for row in found.rows for gap in _Finder(plan, found, row.cluster).gaps(row)]
    order = {row.cluster.pk: (number, row) for number, row in enumerate(found.rows)}

    def place(gap: Gap) -> tuple:
        number, row = order[gap.cluster.pk]
        in_area = sum(count for (_layer, area), count in row.cells.items() if area == gap.area.slug)
        by_members = gap.best is not None and gap.best.is_member
        likely = (gap.is_open, gap.best is None, by_members)
        return (*likely, number, -in_area, gap.area.position, gap.layer.position)

    return sorted(_completed(gaps), key=place)


class _Finder:
    """The gaps of one cluster, with keys of actors in place of proposals."""

    def __init__(self, plan: ActionPlan, found: Competences, cluster: Cluster):
        self.found, self.cluster = found, cluster
        self.dismissed: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.taken: dict[tuple[int, int], list[GapDecision]] = defaultdict(list)
        for decision in plan.decisions.all():
            if decision.cluster_id != cluster.pk:
                continue
            cell = (decision.layer_id, decision.area_id)
            if decision.verdict == GapVerdict.DISMISSED:
                self.dismissed[cell].add(decision.actor_id)
            else:
                self.taken[cell].append(decision)

    def gaps(self, row) -> list[Gap]:
        cells = row.gaps(self.found.layers, self.found.areas)
        areas = [area.pk for area in self.found.areas]
        most = PROPOSED + max(map(len, self.dismissed.values()), default=0)
        outside = candidates.outside(self.cluster, cells, areas, most=most)
        inside = candidates.inside(self.cluster, {layer.pk for layer, _a in cells}, areas, most=most)
        return [
            Gap(
                self.cluster,
                layer,
                area,
                self._proposed(outside.get((layer.pk, area.pk), []), (layer.pk, area.pk), is_member=False)
                or self._proposed(inside.get(layer.pk, []), (layer.pk, area.pk), is_member=True),
                tuple(ProposedActor(one.actor, 0, "", decision=one) for one in self.taken[layer.pk, area.pk]),
            )
            for layer, area in cells
        ]

    def _proposed(self, actors, cell, *, is_member: bool) -> tuple[ProposedActor, ...]:
        gone = self.dismissed[cell] | {one.actor_id for one in self.taken[cell]}
        kept = [(key, shared) for key, shared in actors if key not in gone][:PROPOSED]
        return tuple(ProposedActor(Actor(pk=key), shared, "", is_member) for key, shared in kept)


def _completed(gaps: list[Gap]) -> list[Gap]:
    """The same gaps with the actors read, their reasons, and whom each first proposal completes most.

    Whoever was withdrawn meanwhile is neither proposed nor taken any more.
    """
    keys = {one.actor.pk for gap in gaps for one in (*gap.proposals, *gap.taken)}
    actors = {actor.pk: actor for actor in Actor.objects.published().with_keys(keys).for_list()}
    members = {cluster: _members_of(cluster) for cluster in {gap.cluster for gap in gaps if gap.proposals}}

    def completed(
        gap: Gap, proposals: tuple[ProposedActor, ...], others: list[Member]
    ) -> tuple[ProposedActor, ...]:
        return tuple(
            _with_reason(one, actors[one.actor.pk], gap, () if number else others)
            for number, one in enumerate(proposals)
            if one.actor.pk in actors
        )

    return [
        replace(
            gap,
            proposals=completed(gap, gap.proposals, members.get(gap.cluster, [])),
            taken=completed(gap, gap.taken, []),
        )
        for gap in gaps
    ]


def _with_reason(proposal: ProposedActor, actor: Actor, gap: Gap, members) -> ProposedActor:
    placement = next((one for one in actor.placements.all() if one.layer_id == gap.layer.pk), None)
    completes, value = _completed_most(actor, members)
    return replace(
        proposal,
        actor=actor,
        reason=_reason(placement, gap),
        placement=placement,
        completes=completes,
        complementarity=round(value, 2),
    )


def _reason(placement: LayerPlacement | None, gap: Gap) -> str:
    """The sentence by which the placement is proved, or what it says itself."""
    if placement is not None and placement.note:
        return placement.note
    return _("Stands on layer %(layer)s.") % {"layer": gap.layer}


def _completed_most(actor: Actor, members: list[Member]) -> tuple[Actor | None, float]:
    """The member with the greatest complementarity, the first by name among equals; None where all is 0."""
    best, most = None, 0.0
    areas = {one.area_id for one in actor.foci.all()}
    layers = {one.layer_id for one in actor.placements.all()}
    for member in members:
        if member.actor.pk != actor.pk:
            value = complementarity(areas, layers, member.areas, member.layers).value
            if value > most:
                best, most = member.actor, value
    return best, most


def _members_of(cluster: Cluster) -> list[Member]:
    """The members that everybody sees, by name; one query."""
    own = {"actor": OuterRef("pk")}
    shown = Membership.objects.public().filter(cluster=cluster, **own)
    members = Actor.objects.published().filter(Exists(shown)).by_name()[:COMPARED]
    read = members.only("name", "short_name", "sort_key").annotate(
        area_ids=ArraySubquery(ApplicationFocus.objects.filter(**own).order_by().values("area_id")),
        layer_ids=ArraySubquery(LayerPlacement.objects.filter(**own).order_by().values("layer_id")),
    )
    return [Member(actor, frozenset(actor.area_ids), frozenset(actor.layer_ids)) for actor in read]
