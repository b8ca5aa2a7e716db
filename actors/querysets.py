"""What "public" means, stands here and nowhere else: pages, API, search, sitemap, feeds and exports begin here."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from actors.ranking import in_order
from actors.rules import clusters_of, is_staff, reaches_all
from actors.search import Found, find
from clusterportal.core.publication import PublicationState
from clusterportal.places.distances import degrees_around, distance_from

HAVING = ("website", "coordinates", "logo", "relations")  # details that a visitor can ask for


class ActorQuerySet(QuerySet):
    def published(self):
        """What everybody may see."""
        return self.filter(state=PublicationState.PUBLISHED)

    @property
    def is_all_published(self) -> bool:
        """Whether this is `published()` and nothing less, so that nobody need be asked who they are."""
        return self.query.where == self.model.objects.published().query.where and not self.query.is_sliced

    def visible_to(self, user):
        """The published actors, and for staff those that they work with."""
        if reaches_all(user) and user.has_perm("actors.view_actor"):
            return self.all()
        if is_staff(user) and user.has_perm("actors.view_actor"):
            return self.filter(Q(state=PublicationState.PUBLISHED) | _of_team(user))
        return self.published()

    def curated_by(self, user):
        """The actors that a member of staff works with: all, or those of the clusters whose team they are on."""
        if reaches_all(user):
            return self.all()
        return self.filter(_of_team(user)) if is_staff(user) else self.none()

    def withdrawn(self):
        """Actors that were public once and are no longer: their addresses answer 410 Gone."""
        return self.exclude(state=PublicationState.PUBLISHED).filter(published_at__isnull=False)

    def by_name(self):
        """Dictionary order, DIN 5007-1."""
        return self.order_by("sort_key", "pk")

    def for_list(self):
        """All that a row of a list shows, in three further queries."""
        from actors.models import ApplicationFocus, LayerPlacement, Membership

        return self.prefetch_related(
            Prefetch(
                "placements", LayerPlacement.objects.select_related("layer").order_by("layer__position")
            ),
            Prefetch("foci", ApplicationFocus.objects.select_related("area").order_by("area__position")),
            Prefetch(
                "memberships",
                Membership.objects.public().select_related("cluster").order_by("cluster__position"),
            ),
        )

    def search(self, text: str):
        """Actors that hold every word of `text`, in any language; where none does, words spelt nearly so.

        Looks at names, aliases, topics, services, areas, layers, place, summary and description; knows "phrases"
        and -exclusions.
        """
        return self.filter(self.search_condition(text))

    def search_condition(self, text: str) -> Q:
        """The condition behind `search`, decided once so that facets and list share it (at most two queries)."""
        return self.found(text).condition

    def listed(self, keys: list[int]) -> list:
        """These actors in the order of `keys`; who has gone meanwhile is left out."""
        found = {actor.pk: actor for actor in self}
        return [found[key] for key in keys if key in found]

    def found(self, text: str) -> Found:
        """The answer to `text` among these actors: its condition, and how the text was understood."""
        return find(self, text)

    def ranked(self, text: str, found: Found | None = None):
        """Best match first; `found` if the answer is known already."""
        return in_order(self, text, found)

    def near(self, latitude: float, longitude: float, radius_km: float):
        """Actors within `radius_km` great-circle kilometres, annotated with `distance` in km."""
        high, wide = degrees_around(latitude, radius_km)
        box = Q(latitude__range=(latitude - high, latitude + high))
        if wide < 180:
            box &= Q(longitude__range=(longitude - wide, longitude + wide))
        found = self.filter(box).annotate(distance=distance_from(latitude, longitude))
        return found.filter(distance__lte=radius_km)

    def within(self, west: float, south: float, east: float, north: float):
        """Actors in a box of degrees; a box over the date line has west greater than east."""
        inside = Q(latitude__range=(south, north))
        if west <= east:
            return self.filter(inside, longitude__range=(west, east))
        return self.filter(inside & (Q(longitude__gte=west) | Q(longitude__lte=east)))

    def located(self):
        return self.filter(latitude__isnull=False)

    def in_region(self):
        """Actors of the region that the portal serves."""
        return self.filter(in_region_condition())

    def related(self, kinds=()):
        """Actors with a published relation, of one of `kinds` if given."""
        from actors.models import ActorRelation

        relations = ActorRelation.objects.public()
        if kinds:
            relations = relations.filter(kind__in=kinds)
        return self.filter(
            Exists(relations.filter(source=OuterRef("pk"))) | Exists(relations.filter(target=OuterRef("pk")))
        )

    def having(self, detail: str):
        """Actors with a website, coordinates, a logo, or relations."""
        if detail == "relations":
            return self.related()
        if detail == "coordinates":
            return self.located()
        return self.exclude(**{detail: ""})

    def without_layer(self):
        """Actors that no published one should be: `completeness.Gap.is_error` says the same of one actor."""
        return self.filter(placements__isnull=True)

    def without_summary(self):
        """As above: no sentence in any language."""
        from clusterportal.core.languages import column_names

        return self.filter(**dict.fromkeys(column_names("summary"), ""))


def in_region_condition() -> Q:
    """The members of the region's clusters, and whoever sits in a town where one of these sits.

    As long as no cluster has a member there is no telling, and everybody counts. `actors.domain.region` says the
    same of the public roll.
    """
    from actors.models import Membership

    members = Membership.objects.public().filter(actor__state=PublicationState.PUBLISHED).order_by()
    towns = members.exclude(actor__city="").values("actor__city")
    return (
        Q(Exists(members.filter(actor=OuterRef("pk")))) | Q(city__in=towns) | Q(~Exists(members.values("pk")))
    )


def _of_team(user) -> Q:
    """Actors with a membership in a cluster of whose team `user` is."""
    from actors.models import Membership

    return Q(Exists(Membership.objects.filter(actor=OuterRef("pk"), cluster__in=clusters_of(user))))


class MembershipQuerySet(QuerySet):
    def public(self):
        """Memberships that the cluster has cleared, in clusters that everybody may see."""
        return self.filter(
            is_cleared=True, cluster__state=PublicationState.PUBLISHED, cluster__is_active=True
        )


class RelationQuerySet(QuerySet):
    def public(self):
        """Relations of which both ends are published."""
        return self.filter(source__state=PublicationState.PUBLISHED, target__state=PublicationState.PUBLISHED)

    def of(self, actor):
        return self.filter(Q(source=actor) | Q(target=actor))


class TopicQuerySet(QuerySet):
    def public(self):
        """Topics that a published actor works on."""
        from actors.models import ActorTopic

        used = ActorTopic.objects.filter(topic=OuterRef("pk"), actor__state=PublicationState.PUBLISHED)
        return self.filter(Exists(used))


class ContactQuerySet(QuerySet):
    def with_consent(self):
        """People who agreed to be named in public."""
        return self.filter(consent_on__isnull=False)
