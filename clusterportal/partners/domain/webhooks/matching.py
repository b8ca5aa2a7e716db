"""Which entries an endpoint is told of.

Clusters, layers and areas narrow the actors: an actor belongs to the filter while it is public and in one of the
clusters, on one of the layers and in one of the areas, as far as any are named. A relation belongs with either of its
actors. An entry is told where the record belongs now, or belonged when the endpoint was last told of it: so whatever
leaves the filter is told once more, and then no longer. Clusters, layers and areas themselves are told where they are
named, or none of their kind is; topics and contributions always.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import Actor, ActorRelation, ApplicationFocus, LayerPlacement, Membership
from clusterportal.partners.enums import FeedObject
from clusterportal.partners.models import FeedEntry, ToldActor, WebhookEndpoint

_BLOCK = 5000
_NARROWED = (FeedObject.ACTOR, FeedObject.RELATION)
_Named = tuple[str, UUID]  # a kind of record, and its permanent id


def asked_for(endpoint: WebhookEndpoint, entries: QuerySet) -> QuerySet:
    """The entries of the kinds that the endpoint wants; which of them, says `wanted`."""
    if endpoint.objects_told:
        entries = entries.filter(object__in=endpoint.objects_told)
    if endpoint.ops_told:
        entries = entries.filter(op__in=endpoint.ops_told)
    return entries


def wanted(endpoint: WebhookEndpoint, entries: list[FeedEntry]) -> Iterator[tuple[FeedEntry, bool]]:
    """Those of `entries` that are told, and whether their record belongs to the filter from then on."""
    if not endpoint.narrows_actors:
        yield from ((entry, True) for entry in entries)
        return
    named = {(entry.object, entry.uid) for entry in entries if entry.object in _NARROWED}
    belongs = set(_belonging(endpoint, {uid for _object, uid in named}))
    told = {*endpoint.told.filter(uid__in=[uid for _object, uid in named]).values_list("object", "uid")}
    for entry in entries:
        key = (entry.object, entry.uid)
        if entry.object not in _NARROWED:
            if _is_named(endpoint, entry):
                yield entry, True
        elif key in belongs or key in told:
            (told.add if key in belongs else told.discard)(key)
            yield entry, key in belongs


def remember(endpoint: WebhookEndpoint, entry: FeedEntry, *, belongs: bool) -> None:
    """The receiver has accepted the entry: what it knows of."""
    if not endpoint.narrows_actors or entry.object not in _NARROWED:
        return
    one = {"endpoint": endpoint, "object": entry.object, "uid": entry.uid}
    if belongs:
        ToldActor.objects.bulk_create([ToldActor(**one)], ignore_conflicts=True)
    else:
        ToldActor.objects.filter(**one).delete()


def remember_all(endpoint: WebhookEndpoint) -> None:
    """A copy of today holds what belongs today: whatever of it leaves the filter is told."""
    if endpoint.narrows_actors:
        known = [
            ToldActor(endpoint=endpoint, object=object, uid=uid) for object, uid in _belonging(endpoint, None)
        ]
        ToldActor.objects.bulk_create(known, ignore_conflicts=True, batch_size=_BLOCK)


def _belonging(endpoint: WebhookEndpoint, uids: Iterable[UUID] | None) -> Iterator[_Named]:
    """The actors and relations that belong to the filter; of `uids`, where given."""
    actors = _actors(endpoint)
    ends = Q(source__in=actors) | Q(target__in=actors)
    relations = ActorRelation.objects.public().filter(ends)
    for object, found in ((FeedObject.ACTOR, actors), (FeedObject.RELATION, relations)):
        chosen = found if uids is None else found.filter(uid__in=uids)
        yield from ((object.value, uid) for uid in chosen.values_list("uid", flat=True))


def _actors(endpoint: WebhookEndpoint) -> QuerySet[Actor]:
    own = {"actor": OuterRef("pk")}
    actors = Actor.objects.published()
    if endpoint.clusters:
        of_clusters = Membership.objects.public().filter(cluster__uid__in=endpoint.clusters, **own)
        actors = actors.filter(Exists(of_clusters))
    if endpoint.layers:
        actors = actors.filter(Exists(LayerPlacement.objects.filter(layer__uid__in=endpoint.layers, **own)))
    if endpoint.areas:
        actors = actors.filter(Exists(ApplicationFocus.objects.filter(area__uid__in=endpoint.areas, **own)))
    return actors


def _is_named(endpoint: WebhookEndpoint, entry: FeedEntry) -> bool:
    """Whether a cluster, layer or area is one of those that the filter names, where it names any of its kind."""
    chosen = {
        FeedObject.CLUSTER: endpoint.clusters,
        FeedObject.LAYER: endpoint.layers,
        FeedObject.AREA: endpoint.areas,
    }.get(FeedObject(entry.object))
    return not chosen or entry.uid in chosen
