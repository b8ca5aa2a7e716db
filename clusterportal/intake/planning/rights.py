"""What the acting person may write by an import: whose actors, which columns, which memberships."""

from collections.abc import Collection, Iterable
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from actors.columns.parts import CLUSTERS, CONTACTS
from actors.models import Actor
from actors.querysets import ActorQuerySet
from actors.rules import can_edit, can_publish, can_see_contacts, reaches_all
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import PublicationState
from clusterportal.intake.row_facts import RowFacts

_BEFORE_PUBLICATION = (PublicationState.DRAFT, PublicationState.IN_REVIEW)


class Rights:
    """The rights of `by`; None is the command line, which may do everything.

    What a person may not write is left out, and `notes` says so once.
    """

    def __init__(self, by, *, cluster: str | None, notes: list[str]):
        if by is not None and not can_edit(by):
            raise PermissionDenied(_("You may not change actors."))
        self.by, self.notes = by, notes
        self.reaches_all = by is None or reaches_all(by)
        self.may_publish = by is None or can_publish(by)
        self.sees_contacts = by is None or can_see_contacts(by)
        if cluster and not self.has_cluster(cluster):
            raise PermissionDenied(_("You do not work for the cluster “%(slug)s”.") % {"slug": cluster})

    @cached_property
    def clusters(self) -> frozenset[str]:
        """The slugs of the clusters on whose team the person is; of persons who do not reach all."""
        return frozenset(Cluster.objects.filter(pk__in=clusters_of(self.by)).values_list("slug", flat=True))

    @cached_property
    def may_add_topics(self) -> bool:
        """Whether new topics are made of values of the table; the plan notes once that they are not."""
        if self.by is None or self.by.has_perm("actors.add_topic"):
            return True
        self._note(_("You may not add topics: those that are not there yet are left out."))
        return False

    def has_cluster(self, slug: str) -> bool:
        return self.reaches_all or slug in self.clusters

    def state(self, wish: str | None) -> str | None:
        """The publication state for new actors; None where the person may not use the one they wish."""
        if wish and wish not in _BEFORE_PUBLICATION and not self.may_publish:
            self._note(_("You may not publish: new actors are drafts."))
            return None
        return wish

    def visible_actors(self) -> ActorQuerySet:
        """The actors of which the person may learn that they are there."""
        return Actor.objects.all() if self.by is None else Actor.objects.visible_to(self.by)

    def narrow(self, facts: RowFacts) -> None:
        """Removes from a row what the person may not write."""
        if not self.may_publish and facts.fields.pop("state", None):
            self._note(_("You may not publish: what the table says of publication is passed over."))
        if not self.sees_contacts:
            facts.problems = [problem for problem in facts.problems if problem[0] != CONTACTS.column]
            if facts.parts.pop(CONTACTS.column, None):
                self._note(_("You may not see contact persons: their column is passed over."))
        if not self.reaches_all:
            # A relation that begins at another actor is that actor's to state.
            facts.links = [link for link in facts.links if link.source is None]

    def own_memberships(self, items: list[dict]) -> list[dict]:
        """The memberships of a row that the person may write; none is cleared without the right to publish."""
        own = [item for item in items if self.has_cluster(item["cluster"])]
        if len(own) < len(items):
            self._note(_("Memberships in clusters of others stay as they are."))
        return own if self.may_publish else [item | {"cleared": False} for item in own]

    def memberships_within_reach(self, current: dict[tuple, tuple[int, dict]]) -> dict:
        """The recorded memberships of an actor that the person may change or remove."""
        place = CLUSTERS.identity.index("cluster")
        return {key: found for key, found in current.items() if self.has_cluster(key[place])}

    def contacts_within_reach(self, current: dict[tuple, tuple[int, dict]]) -> dict:
        """The recorded people of an actor that the person may see, and so change or remove."""
        return current

    def cluster_of_new(self) -> str | None:
        """The cluster that a new actor joins by default: the only one of the person; None where there are several."""
        return next(iter(self.clusters)) if len(self.clusters) == 1 else None

    def beyond_reach(self, actors: Iterable[int]) -> set[int]:
        """The actors (by primary key) that the person may not edit; at most one query."""
        actors = set(actors)
        if self.reaches_all or not actors:
            return set()
        return actors - set(self._reached().filter(pk__in=actors).values_list("pk", flat=True))

    def waiting_for_review(self, actors: Iterable[int]) -> set[int]:
        """The published actors, whose changes by a person who may not publish wait for review; at most one query."""
        actors = set(actors)
        if self.may_publish or not actors:
            return set()
        return set(Actor.objects.published().filter(pk__in=actors).values_list("pk", flat=True))

    def _reached(self) -> ActorQuerySet:
        return Actor.objects.curated_by(self.by)

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


class ClusterRights(Rights):
    """The rights of a program that writes for some clusters, at once, and knows nobody without consent.

    `clusters`: their slugs. It is told of actors that are public or members of these clusters, and of no others.
    """

    may_add_topics = False  # topics are everybody's  # type: ignore[assignment]

    def __init__(self, clusters: Collection[str], *, notes: list[str]):
        self.by, self.notes = None, notes
        self.reaches_all, self.may_publish, self.sees_contacts = False, True, True
        self.clusters = frozenset(clusters)

    def visible_actors(self) -> ActorQuerySet:
        return Actor.objects.published() | self._reached()

    def contacts_within_reach(self, current: dict[tuple, tuple[int, dict]]) -> dict:
        """Those who agreed to be named; a person of the same name without consent is somebody else."""
        known = [found for found in current.values() if found[1]["consent_on"]]
        keyed = CONTACTS.keyed(item for _pk, item in known)
        return dict(zip(keyed, known, strict=True))

    def _reached(self) -> ActorQuerySet:
        return Actor.objects.members_of(self.clusters)
