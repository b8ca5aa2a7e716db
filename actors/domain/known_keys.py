"""Actors by many keys at once: permanent ids and identifiers, and what became of those that are not public."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from actors.domain.history import published_once
from actors.models import Actor, FormerUid, Identifier
from clusterportal.core.publication import PublicationState


class Fate(TextChoices):
    """What became of the actor of a key."""

    FOUND = "found", _("public under this key")
    MERGED = "merged", _("merged into another actor, which is public")
    WITHDRAWN = "withdrawn", _("public once, and no longer")
    UNKNOWN = "not_found", _("never public, or no key of any actor")


@dataclass(frozen=True)
class KnownKey:
    fate: Fate
    key: int | None = None  # the primary key of the public actor


UNKNOWN = KnownKey(Fate.UNKNOWN)
WITHDRAWN = KnownKey(Fate.WITHDRAWN)


def by_uid(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, KnownKey]:
    """What each permanent id stands for; at most four queries."""
    public, withdrawn = Actor.objects.published(), Actor.objects.withdrawn()
    known = {
        uid: KnownKey(Fate.FOUND, key) for uid, key in public.filter(uid__in=uids).values_list("uid", "pk")
    }
    if missing := [uid for uid in uids if uid not in known]:
        former = FormerUid.objects.filter(uid__in=missing)
        known |= {
            uid: KnownKey(Fate.MERGED, key)
            for uid, key in former.filter(actor__in=public).values_list("uid", "actor_id")
        }
    if missing := [uid for uid in uids if uid not in known]:
        gone = withdrawn.filter(Q(uid__in=missing) | Q(former_uids__uid__in=missing))
        for own, merged in gone.values_list("uid", "former_uids__uid"):
            known |= {uid: WITHDRAWN for uid in (own, merged) if uid in missing}
        known |= dict.fromkeys(published_once(missing) - known.keys(), WITHDRAWN)
    return {uid: known.get(uid, UNKNOWN) for uid in uids}


def by_identifier(identifiers: Collection[tuple[str, str]]) -> dict[tuple[str, str], KnownKey]:
    """What each identifier, a pair of scheme and value, stands for; one query."""
    wanted = Q(pk=None)
    for scheme in {scheme for scheme, _value in identifiers}:
        wanted |= Q(scheme=scheme, value__in=[value for one, value in identifiers if one == scheme])
    found = Identifier.objects.filter(wanted).values_list(
        "scheme", "value", "actor_id", "actor__state", "actor__published_at"
    )
    known = {
        (scheme, value): _of_state(key, state, published_at)
        for scheme, value, key, state, published_at in found
    }
    return {one: known.get(one, UNKNOWN) for one in identifiers}


def _of_state(key: int, state: str, published_at) -> KnownKey:
    if state == PublicationState.PUBLISHED:
        return KnownKey(Fate.FOUND, key)
    return WITHDRAWN if published_at else UNKNOWN
