"""Base of the endpoints of layers, areas, clusters, regions and topics: entries with their number of actors.

The rooms of these entries do not know actors. Each endpoint is told where its counts come from when it gets its
address, in `clusterportal/api/urls.py`.
"""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, Func, IntegerField, JSONField, Value
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpResponsePermanentRedirect
from rest_framework import serializers

from clusterportal.core.api.problems import Gone
from clusterportal.core.api.views import PublicViewSet
from clusterportal.core.slugs import as_uid

BY_POSITION = {"position": ("position",), "-position": ("-position",)}
BY_NAME = {"name": ("name",), "-name": ("-name",)}
BY_COUNT = {"actor_count": ("actor_count",), "-actor_count": ("-actor_count",)}


class ActorCountField(serializers.IntegerField):
    """How many published actors belong to an entry."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, min_value=0, **kwargs)


class CountedViewSet(PublicViewSet):
    """The entries of `queryset`, each with `actor_count`, by which lists can be ordered."""

    count_actors: Callable[[], dict[str, int]] | None = None  # published actors by slug of the entry
    address_today: Callable[[str], str] | None = (
        None  # the slug of today of what was at another before, or that slug itself
    )
    was_public: Callable[[str], bool] | None = None  # whether an entry was public once under a slug
    orderings = {**BY_POSITION, **BY_NAME, **BY_COUNT}

    def get_queryset(self):
        if self.count_actors is None:
            raise ImproperlyConfigured(f"{type(self).__name__} was given its address without `count_actors`.")
        return with_actor_count(super().get_queryset(), self.count_actors())

    def retrieve(self, request, slug, **kwargs):
        """One entry by slug or permanent id; a former slug, or that of one that became part of another, leads on."""
        entries = self.get_queryset()
        if (uid := as_uid(slug)) and hasattr(entries.model, "uid"):
            slug = entries.filter(uid=uid).values_list("slug", flat=True).first() or slug
        try:
            return super().retrieve(request, slug, **kwargs)
        except Http404:
            today = self.address_today(slug) if self.address_today else slug
            if today == slug or not self.get_queryset().filter(slug=today).exists():
                if self.was_public and self.was_public(slug):
                    raise Gone from None
                raise
            address = self.addresses.of(request.resolver_match.view_name, today)
            question = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{question}" if question else address)


def with_actor_count(entries, counts: dict[str, int]):
    """The queryset `entries` with `actor_count` from `counts` by slug; 0 for those that are missing there."""
    count = Func(
        Value(counts, JSONField()), "slug", function="jsonb_extract_path_text", output_field=CharField()
    )
    return entries.annotate(actor_count=Coalesce(Cast(count, IntegerField()), 0))
