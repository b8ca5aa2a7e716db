"""Addresses that records had before: the history knows them, so links out in the world go on leading there."""

from django.db import models

from clusterportal.history.changes import versions_of


def key_once_at(model: type[models.Model], slug: str) -> int | None:
    """The primary key of the record that was the last to have the address `slug`; it may be gone. One query."""
    versions = versions_of(model).filter(slug=slug).order_by("-pgh_id")
    return versions.values_list("pgh_obj_id", flat=True).first()


def slug_today(model: type[models.Model], slug: str) -> str:
    """The address of today of the record that was at `slug` before; `slug` itself where there is none, or one today."""
    records = model._default_manager
    if records.filter(slug=slug).exists():
        return slug
    return records.filter(pk=key_once_at(model, slug)).values_list("slug", flat=True).first() or slug
