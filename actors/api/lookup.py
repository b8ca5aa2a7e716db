"""An actor by what stands in an address: its slug, its permanent id, or one that it (or a merged one) had before."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from actors.domain.history import was_published
from actors.models import Actor
from clusterportal.core.api.problems import Gone
from clusterportal.core.slugs import as_uid


@dataclass(frozen=True)
class Moved:
    """The actor has another address today."""

    slug: str


def find(actors, key: str) -> Actor | Moved:
    """The actor of `actors` under `key`; Gone when it was public once, Http404 when it never was."""
    uid = as_uid(key)
    identity = {"uid": uid} if uid else {}
    if actor := actors.filter(slug=key).first() or (identity and actors.filter(**identity).first()):
        return actor
    former = {"former_uids__uid": uid} if uid else {"former_slugs__slug": key}
    if slug := Actor.objects.published().filter(**former).values_list("slug", flat=True).first():
        return Moved(slug)
    withdrawn = Actor.objects.withdrawn()
    if any(withdrawn.filter(**way).exists() for way in ({"slug": key}, identity, former) if way):
        raise Gone
    if was_published(slug=key, uid=uid):
        raise Gone(_("This record was published once and has been deleted."))
    raise Http404
