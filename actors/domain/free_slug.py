"""Addresses of actors: made from the name, never one that leads somewhere already."""

from collections.abc import Container

from actors.models import Actor, FormerSlug
from clusterportal.core.slugs import slug_of, unused


def free_slug(text: str, *, taken: Container[str] | None = None) -> str:
    """An address for `text` that no actor has or had: with a number behind it when it is taken.

    `taken` holds the addresses in use; without it the registry is asked for those of today and of before.
    """
    base = slug_of(text) or "actor"
    return unused(base, _in_use(base) if taken is None else taken)


def _in_use(base: str) -> set[str]:
    return {
        *Actor.objects.filter(slug__startswith=base).values_list("slug", flat=True),
        *FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True),
    }
