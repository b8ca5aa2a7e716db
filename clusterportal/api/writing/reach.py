"""Which actors a key writes, and what it sees of them."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from actors.api.record_version import record_version
from actors.columns.parts import CLUSTERS, CONTACTS, RELATIONS
from actors.models import Actor, ContactPerson, Membership
from actors.querysets import ActorQuerySet
from actors.resources import ActorResource
from clusterportal.core.api.problems import Refused
from clusterportal.partners.domain.keys import writable_clusters
from clusterportal.partners.models import ApiKey


class WrittenResource(ActorResource):
    """The columns of actors that a key writes: nobody without consent, no membership that is not theirs or public."""

    def __init__(self, clusters: Iterable[str]):
        super().__init__(with_contacts=True)
        self.clusters = list(clusters)

    def shows(self, column: str) -> bool:
        return column != RELATIONS.column

    def related(self, column: str):
        if column == CONTACTS.column:
            return ContactPerson.objects.with_consent().order_by("pk")
        if column == CLUSTERS.column:
            own = Membership.objects.filter(cluster__slug__in=self.clusters)
            return (Membership.objects.public() | own).order_by("pk")
        return super().related(column)


@dataclass(frozen=True)
class Reach:
    """What `key` reaches: the members of the clusters that it may write."""

    key: ApiKey

    @cached_property
    def clusters(self) -> list[str]:
        """The slugs of today of these clusters."""
        return list(writable_clusters(self.key).order_by("position", "slug").values_list("slug", flat=True))

    def actors(self) -> ActorQuerySet:
        return Actor.objects.members_of(self.clusters)

    def locked(self, key: str) -> Actor:
        """The actor with this permanent id or slug, locked until the transaction ends.

        Raises a problem: 403 where everybody knows the actor, 404 where nobody else shall learn that it is there.
        """
        named = named_by(key)
        actor = self.actors().filter(named).select_for_update(of=("self",)).first()
        if actor is not None:
            return actor
        if Actor.objects.published().filter(named).exists():
            raise Refused(403, _("This actor belongs to none of the clusters that the key may write."))
        raise NotFound

    def records(self, keys: Iterable[int]) -> dict[int, dict]:
        """The records of actors as rows have them, by primary key."""
        actors = Actor.objects.with_keys(keys)
        pk_of = {str(uid): pk for uid, pk in actors.values_list("uid", "pk")}
        return {pk_of[one["uid"]]: one for one in WrittenResource(self.clusters).records(actors)}


def named_by(key: str) -> Q:
    """The condition for the actor under a permanent id or a slug."""
    try:
        return Q(uid=uuid.UUID(key))
    except ValueError:
        return Q(slug=key)


def versions(records: dict[int, dict]) -> dict[int, str]:
    """The versions of the records: those that everybody reads, and of actors that are not public ones of their own."""
    public = record_version(list(records))
    return {pk: public.get(pk) or _digest(record) for pk, record in records.items()}


def _digest(record: dict) -> str:
    text = json.dumps(record, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
