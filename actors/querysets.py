"""What "public" means, stands here and nowhere else: pages, API, search, sitemap, feeds and exports begin here."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.apps import apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigAutoField, Exists, Lookup, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import get_language

from actors.enums import AliasKind
from actors.rules import can_edit, can_publish, clusters_of, is_staff, reaches_all
from clusterportal.clusters.querysets import is_public_cluster
from clusterportal.core.languages import column_names, naming_columns
from clusterportal.core.publication import is_published
from clusterportal.history.models import VisibleSince
from clusterportal.places.distances import degrees_around, distance_from


class IsAnyOf(Lookup):
    """`column = ANY(array)`: many keys as one parameter, which the database reads much faster than a list of them."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        sql, parameters = self.process_lhs(compiler, connection)
        # Written at once: the driver looks at each of thousands of keys for how to write it.
        return f"{sql} = ANY(%s::bigint[])", (*parameters, f"{{{','.join(map(str, self.rhs))}}}")


BigAutoField.register_lookup(IsAnyOf)


def _records(name: str) -> QuerySet:
    """Records of a model by its name: models stand on querysets, which cannot import them."""
    return apps.get_model("actors", name).objects


class ActorQuerySet(QuerySet):
    def published(self) -> Self:
        """What everybody may see."""
        return self.filter(is_published())

    def visible_to(self, user) -> Self:
        """The published actors, and for staff those that they work with."""
        if reaches_all(user) and user.has_perm("actors.view_actor"):
            return self.all()
        if is_staff(user) and user.has_perm("actors.view_actor"):
            return self.filter(is_published() | _of_team(user))
        return self.published()

    def curated_by(self, user) -> Self:
        """The actors that a member of staff works with: all, or those of the clusters whose team they are on."""
        if reaches_all(user):
            return self.all()
        return self.filter(_of_team(user)) if is_staff(user) else self.none()

    def members_of(self, clusters) -> Self:
        """The members of any of the clusters with these slugs, whether the clusters show them or not."""
        members = _records("Membership").filter(actor=OuterRef("pk"), cluster__slug__in=list(clusters))
        return self.filter(Exists(members))

    def writable_by(self, user) -> Self:
        """Those among `curated_by` that the person writes at once: what waits for review is left out.

        `rules.needs_review` says the same of one actor.
        """
        if not can_edit(user):
            return self.none()
        within_reach = self.curated_by(user)
        return within_reach if can_publish(user) else within_reach.exclude(is_published())

    def withdrawn(self) -> Self:
        """Actors that were public once and are no longer: their addresses answer 410 Gone."""
        return self.exclude(is_published()).filter(published_at__isnull=False)

    def by_name(self) -> Self:
        """Dictionary order, DIN 5007-1."""
        return self.order_by("sort_key", "pk")

    def for_list(self) -> Self:
        """All that a row of a list shows, in three further queries."""
        return self.prefetch_related(
            Prefetch(
                "placements", _records("LayerPlacement").select_related("layer").order_by("layer__position")
            ),
            Prefetch("foci", _records("ApplicationFocus").select_related("area").order_by("area__position")),
            Prefetch("memberships", _public_memberships()),
        )

    def for_profile(self) -> Self:
        """What a public page of an actor reads: cleared memberships, active areas, people with consent, whoever looks.

        Of placements, areas and clusters only the columns that it shows.
        """
        placements = _records("LayerPlacement").select_related("layer").order_by("layer__position")
        placements = placements.only("actor", "basis", *column_names("note"), "layer__position")
        foci = _records("ApplicationFocus").filter(area__is_active=True).select_related("area")
        foci = foci.order_by("area__position", "area__slug")
        return self.with_public_contacts().prefetch_related(
            Prefetch("placements", placements),
            Prefetch("foci", foci.only("actor", *naming_columns("area"))),
            Prefetch("memberships", _public_memberships().only("actor", *naming_columns("cluster"))),
            "topics",
            "identifiers",
        )

    def with_public_contacts(self) -> Self:
        """The people who agreed to be named, as `public_contacts`."""
        people: ContactQuerySet = ContactQuerySet(apps.get_model("actors", "ContactPerson")).with_consent()
        return self.prefetch_related(Prefetch("contacts", people, to_attr="public_contacts"))

    def with_keys(self, keys) -> Self:
        """The actors with these primary keys, in the order of the queryset."""
        return self.filter(pk__any_of=set(keys))  # of a list, Django looks into each of its members

    def primary_keys(self) -> list[int]:
        """The primary keys, in no order, in one value."""
        return self.order_by().aggregate(keys=ArrayAgg("pk", default=Value([])))["keys"]

    def with_translated_name(self) -> Self:
        """Annotated with `translated_name`: the name in the active language, where an alias gives it, else None."""
        same = {"actor": OuterRef("pk"), "kind": AliasKind.TRANSLATED, "language": get_language()}
        aliases = _records("ActorAlias").filter(**same).order_by("key").values("name")
        return self.annotate(translated_name=Subquery(aliases[:1]))

    def listed(self, keys: list[int]) -> list:
        """These actors in the order of `keys`; whoever has gone meanwhile is left out."""
        found = self.with_keys(keys).in_bulk() if keys else {}
        return [found[key] for key in keys if key in found]

    def near(self, latitude: float, longitude: float, radius_km: float) -> Self:
        """Actors within `radius_km` great-circle kilometres, annotated with `distance` in km."""
        high, wide = degrees_around(latitude, radius_km)
        box = Q(latitude__range=(latitude - high, latitude + high))
        if wide < 180:
            box &= Q(longitude__range=(longitude - wide, longitude + wide))
        found = self.filter(box).annotate(distance=distance_from(latitude, longitude))
        return found.filter(distance__lte=radius_km)

    def in_postcodes(self, beginnings) -> Self:
        """Actors whose postcode begins with one of `beginnings`."""
        condition = Q()
        for beginning in beginnings:
            condition |= Q(postcode__startswith=beginning)
        return self.filter(condition)

    def identified_by(self, identifiers) -> Self:
        """Actors with one of these identifiers, each with `scheme` and `value`."""
        condition = Q()
        for scheme in {one.scheme for one in identifiers}:
            condition |= Q(
                scheme=scheme, value__in=[one.value for one in identifiers if one.scheme == scheme]
            )
        return self.filter(Exists(_records("Identifier").filter(condition, actor=OuterRef("pk"))))

    def with_uids(self, uids) -> Self:
        """Actors with one of these permanent ids, their own or that of an actor merged into them."""
        merged = _records("FormerUid").filter(uid__in=uids, actor=OuterRef("pk"))
        return self.filter(Q(uid__in=uids) | Exists(merged))

    def changed_since(self, moment) -> Self:
        """Actors whose change may have become visible to the public at this moment or later.

        Among them those that name another one by a relation which was renamed, came or went.
        """
        since, relations = VisibleSince(Value(moment)), _records("ActorRelation")
        named = Q(public_updated_at__gte=since)
        for end, other in (("source", "target"), ("target", "source")):
            fresh = {f"{other}__public_updated_at__gte": since, f"{other}__published_at__isnull": False}
            named |= Q(pk__in=relations.filter(**fresh).values(end))
        return self.filter(named)

    def within(self, west: float, south: float, east: float, north: float) -> Self:
        """Actors in a box of degrees; a box over the date line has west greater than east."""
        inside = Q(latitude__range=(south, north))
        if west <= east:
            return self.filter(inside, longitude__range=(west, east))
        return self.filter(inside & (Q(longitude__gte=west) | Q(longitude__lte=east)))

    def located(self) -> Self:
        return self.filter(latitude__isnull=False)

    def without_layer(self) -> Self:
        """Actors that no published one should be: `completeness.Gap.is_error` says the same of one actor."""
        return self.filter(placements__isnull=True)

    def without_summary(self) -> Self:
        """As above: no sentence in any language."""
        return self.filter(**dict.fromkeys(column_names("summary"), ""))


def _of_team(user) -> Q:
    """Actors with a membership in a cluster of whose team `user` is."""
    return Q(Exists(_records("Membership").filter(actor=OuterRef("pk"), cluster__in=clusters_of(user))))


class MembershipQuerySet(QuerySet):
    def public(self) -> Self:
        """Memberships that the cluster has cleared, in clusters that everybody may see."""
        return self.filter(is_public_cluster("cluster"), is_cleared=True)

    def standing_on(self, day: date) -> Self:
        """Memberships of that day: from `since` until the day before `until`, always where these are unknown.

        The directory does not ask this: a cluster shows whom it has cleared.
        """
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))


def _public_memberships() -> MembershipQuerySet:
    """Whom the clusters show, with the cluster, in the order of these."""
    memberships: MembershipQuerySet = MembershipQuerySet(apps.get_model("actors", "Membership"))
    return memberships.public().select_related("cluster").order_by("cluster__position")


def not_known_on(day: date) -> Q:
    """Memberships of which nobody can say whether they held on that day.

    One without a beginning is known to hold from the day on which it was recorded, and nobody knows since when before.
    """
    midnight_after = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    not_over = Q(until__isnull=True) | Q(until__gt=day)
    return Q(since__isnull=True) & not_over & Q(created_at__gte=midnight_after)


class RelationQuerySet(QuerySet):
    def public(self) -> Self:
        """Relations of which both ends are published."""
        return self.filter(is_published("source"), is_published("target"))

    def standing_on(self, day: date) -> Self:
        """Relations of that day's year, whole years as they are known; always where a year is unknown."""
        year = day.year
        return self.filter(Q(since=None) | Q(since__lte=year), Q(until=None) | Q(until__gte=year))

    def of(self, actor) -> Self:
        return self.filter(Q(source=actor) | Q(target=actor))

    def shown_with(self, actor) -> Self:
        """The relations of an actor that everybody sees as soon as they see the actor itself."""
        by_source = Q(source=actor) & is_published("target")
        return self.filter(by_source | Q(target=actor) & is_published("source"))


class TopicQuerySet(QuerySet):
    def public(self) -> Self:
        """Topics that a published actor works on."""
        used = _records("ActorTopic").filter(is_published("actor"), topic=OuterRef("pk"))
        return self.filter(Exists(used))


class TopicLinkQuerySet(QuerySet):
    def above(self, key: int) -> set[int]:
        """The keys of a topic and of all that are broader than it, by however many steps."""
        return self._reached(key, of="topic_id", by="broader_id")

    def below(self, key: int) -> set[int]:
        """The keys of a topic and of all that are narrower than it."""
        return self._reached(key, of="broader_id", by="topic_id")

    def _reached(self, key: int, *, of: str, by: str) -> set[int]:
        reached, fresh = {key}, {key}
        while fresh:
            fresh = set(self.filter(**{f"{of}__in": fresh}).values_list(by, flat=True)) - reached
            reached |= fresh
        return reached


class TermMergeQuerySet(QuerySet):
    def standing(self) -> Self:
        """Merges that nobody has taken back."""
        return self.filter(undone_at__isnull=True)

    def kept_for(self, noun: str, slugs) -> dict[str, int]:
        """The keys of what topics or areas became part of, by the address that these had; merges are followed on."""
        merges = self.standing().filter(noun=noun).order_by("at", "pk")
        standing = list(merges.values_list("merged_slug", "merged_key", "kept_key"))
        onward = {merged: kept for _slug, merged, kept in standing}
        return {slug: _last(kept, onward) for slug, _merged, kept in standing if slug in slugs}

    def kept_of(self, noun: str, key: int) -> int:
        """The key of what the topic or area `key` became part of; the same where it was never merged."""
        onward = dict(self.standing().filter(noun=noun).values_list("merged_key", "kept_key"))
        return _last(key, onward)


def _last(key: int, onward: dict[int, int]) -> int:
    while key in onward:  # one that was merged is no longer there, so this ends
        key = onward[key]
    return key


class ContactQuerySet(QuerySet):
    def with_consent(self) -> Self:
        """People who agreed to be named in public."""
        return self.filter(consent_on__isnull=False)
