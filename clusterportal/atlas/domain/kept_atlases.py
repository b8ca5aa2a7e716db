"""The atlases kept ready for everybody: of the region and of each cluster, in every language.

Each night those are made anew whose data changed. One that names somebody who is public no longer is not given out
from that moment, and is made anew within the hour.
"""

from django.core.files.storage import Storage, storages
from django.db.models import F, Q

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor, ContactPerson
from clusterportal.atlas.models import Atlas
from clusterportal.clusters.models import Cluster
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.history.models import PublicChange


def storage() -> Storage:
    return storages["atlases"]


def is_offered(atlas: Atlas) -> bool:
    """Whether the file may be given out: everybody whom it names is public still, and it is there."""
    return bool(_clean([atlas]))


def offered() -> list[Atlas]:
    """The ready atlases that may be given out, of the region first; in a number of queries that does not grow."""
    public = Q(cluster__in=Cluster.objects.published()) | Q(cluster=None)
    found = Atlas.objects.standing().filter(public).select_related("cluster")
    ordered = found.order_by(F("cluster__position").asc(nulls_first=True), "cluster__slug", "language")
    return _clean([*ordered])


def _clean(atlases: list[Atlas]) -> list[Atlas]:
    """Those that are there and speak of nobody who is public no longer."""
    made = [atlas for atlas in atlases if atlas.made_at and storage().exists(atlas.file)]
    actors = {key for atlas in made for key in atlas.actors}
    people = {key for atlas in made for key in atlas.people}
    actors -= set(Actor.objects.published().with_keys(actors).values_list("pk", flat=True))
    if people:
        named = ContactPerson.objects.with_consent().filter(pk__in=people)
        people -= set(named.values_list("pk", flat=True))
    return [one for one in made if actors.isdisjoint(one.actors) and people.isdisjoint(one.people)]


def due(*, is_night: bool) -> list[Atlas]:
    """The ready atlases to make now: new ones and unclean ones at any time, changed ones by night."""
    wanted = [(cluster, language) for cluster in [None, *_clusters()] for language in LANGUAGE_CODES]
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
    """Atlases of clusters that are public no longer, and files that nobody may have any more, go.

    So do files of which no row tells: of whose account or cluster was deleted.
    """
    keys = [cluster.pk for cluster in _clusters()]
    for atlas in Atlas.objects.standing().exclude(Q(cluster=None) | Q(cluster__in=keys)):
        forget(atlas)
    made = [*Atlas.objects.filter(made_at__isnull=False)]
    kept = {atlas.pk for atlas in _clean(made)}
    for atlas in made:
        if atlas.pk not in kept:
            storage().delete(atlas.file)
    for name in _files() - {atlas.file for atlas in Atlas.objects.only("uid")}:
        storage().delete(name)


def forget(atlas: Atlas) -> None:
    storage().delete(atlas.file)
    atlas.delete()


def forget_all() -> None:
    """Every file, when a person was erased: the ready ones are made anew."""
    for atlas in Atlas.objects.all():
        storage().delete(atlas.file)
    Atlas.objects.asked_for().delete()


def _files() -> set[str]:
    """What lies in the storage, read before the rows: a file that comes in between is not looked at."""
    try:
        return set(storage().listdir("")[1])
    except FileNotFoundError:
        return set()


def _clusters() -> list[Cluster]:
    return Taxonomy().clusters


def _has_changed(atlas: Atlas) -> bool:
    return PublicChange.objects.filter(at__gt=atlas.made_at).exists()
