"""Walking through a list of actors: begin, go on where one was, remember what was done."""

from django.db.models import F, Func
from django.utils import timezone

from clusterportal.placing.models import FRESH, MOST_ACTORS, MOST_WALKS, Walk


def walk_of(*, user, query: str) -> Walk | None:
    """The latest walk of `user` through the list with these filters."""
    return Walk.objects.filter(user=user, query=query).first()


def can_go_on(walk: Walk) -> bool:
    """Whether the walk is not at its end and did not rest too long."""
    return not walk.is_over and timezone.now() - walk.used_at < FRESH


def begin(*, user, query: str, keys: list[int]) -> Walk:
    """A new walk through `keys`, in place of an earlier one through the same list; the oldest walks are forgotten."""
    walk, _made = Walk.objects.update_or_create(
        user=user,
        query=query,
        defaults={
            "keys": keys[:MOST_ACTORS],
            "placed": [],
            "at": None,
            "is_over": False,
            "begun_at": timezone.now(),
        },
    )
    kept = Walk.objects.filter(user=user).order_by("-used_at", "-pk").values("pk")[:MOST_WALKS]
    Walk.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return walk


def arrive(*, walk: Walk, at: int | None) -> None:
    """The actor with this key is shown now; None when the end is."""
    Walk.objects.filter(pk=walk.pk).update(at=at, is_over=at is None, used_at=timezone.now())


def count_as_placed(*, walk: Walk, key: int) -> None:
    """Remember that the actor was placed; a second time counts as once, also from two windows at once."""
    append = Func(F("placed"), key, function="array_append", output_field=Walk._meta.get_field("placed"))
    Walk.objects.filter(pk=walk.pk).exclude(placed__contains=[key]).update(placed=append)
