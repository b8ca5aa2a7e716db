"""The atlases kept ready for everybody: of the region and of each cluster, in every language.

Each night those are made anew whose data changed. One that names somebody who is public no longer is not given out
from that moment, and is made anew within the hour.
"""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db.models import Q

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor, ContactPerson
from clusterportal.atlas.enums import AtlasState
from clusterportal.atlas.models import Atlas
from clusterportal.clusters.models import Cluster
from clusterportal.history.models import PublicChange

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def storage() -> Storage:
    return storages["atlases"]


def is_offered(atlas: Atlas) -> bool:
    """Whether the file may be given out: everybody whom it names is public still, and it is there."""
    if atlas.state != AtlasState.DONE or not storage().exists(atlas.file):
        return False
    actors = Actor.objects.published().filter(pk__any_of=atlas.actors).count()
    people = ContactPerson.objects.with_consent().filter(pk__in=atlas.people, actor__in=atlas.actors).count()
    return actors == len(atlas.actors) and people == len(atlas.people)


def offered(language: str | None = None) -> list[Atlas]:
    """The ready atlases that may be given out, of the region first."""
    found = Atlas.objects.standing().filter(made_at__isnull=False).select_related("cluster")
    if language:
        found = found.filter(language=language)
    public = Q(cluster__in=Cluster.objects.published()) | Q(cluster=None)
    ordered = found.filter(public).order_by("cluster__position", "cluster__slug", "language")
    return sorted(filter(is_offered, ordered), key=lambda atlas: atlas.cluster_id is not None)


def due(*, is_night: bool) -> list[Atlas]:
    """The ready atlases to make now: new ones and unclean ones at any time, changed ones by night."""
    wanted = [(cluster, language) for cluster in [None, *_clusters()] for language in _LANGUAGES]
    found = []
    for cluster, language in wanted:
        atlas, _is_new = Atlas.objects.get_or_create(
            is_standing=True,
            cluster=cluster,
            language=language,
            defaults={"query": f"cluster={cluster.slug}" if cluster else "", "scope": ""},
        )
        if not is_offered(atlas) or (is_night and _has_changed(atlas)):
            found.append(atlas)
    return found


def forget_unwanted() -> None:
    """Atlases of clusters that are public no longer, and files that nobody may have any more, go."""
    keys = [cluster.pk for cluster in _clusters()]
    for atlas in Atlas.objects.standing().exclude(Q(cluster=None) | Q(cluster__in=keys)):
        forget(atlas)
    for atlas in Atlas.objects.done():
        if not is_offered(atlas):
            storage().delete(atlas.file)


def forget(atlas: Atlas) -> None:
    storage().delete(atlas.file)
    atlas.delete()


def forget_all() -> None:
    """Every file, when a person was erased: the ready ones are made anew."""
    for atlas in Atlas.objects.all():
        storage().delete(atlas.file)
    Atlas.objects.asked_for().delete()


def _clusters() -> list[Cluster]:
    return Taxonomy().clusters


def _has_changed(atlas: Atlas) -> bool:
    return PublicChange.objects.filter(at__gt=atlas.made_at).exists()
