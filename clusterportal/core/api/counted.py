"""Base of the endpoints of layers, areas, clusters, regions and topics: entries with their number of actors.

The rooms of these entries do not know actors. Each endpoint is told where its counts come from, and how an entry is
described in linked data, when it gets its address, in `clusterportal/api/urls.py`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, Func, IntegerField, JSONField, Value
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.response import Response

from clusterportal.core.api.alternates import LinksFormats
from clusterportal.core.api.formats import JsonFormat
from clusterportal.core.api.linked_formats import LINKED, LINKED_FORMATS
from clusterportal.core.api.problems import Gone, InvalidParameters
from clusterportal.core.api.views import PublicViewSet
from clusterportal.core.slugs import as_uid

BY_POSITION = {"position": ("position",), "-position": ("-position",)}
BY_NAME = {"name": ("name",), "-name": ("-name",)}
BY_COUNT = {"actor_count": ("actor_count",), "-actor_count": ("-actor_count",)}


class ActorCountField(serializers.IntegerField):
    """How many published actors belong to an entry."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, min_value=0, **kwargs)


class CountedViewSet(LinksFormats, PublicViewSet):
    """The entries of `queryset`, each with `actor_count`, by which lists can be ordered."""

    count_actors: Callable[[], dict[str, int]] | None = None  # published actors by slug of the entry
    address_today: Callable[[str], str] | None = (
        None  # the slug of today of what was at another before, or that slug itself
    )
    was_public: Callable[[str], bool] | None = None  # whether an entry was public once under a slug
    describe: Callable[[Any], dict] | None = None  # an entry as a JSON-LD document
    orderings = {**BY_POSITION, **BY_NAME, **BY_COUNT}

    def get_renderers(self):
        is_linked = self.describe and self.action != "list"  # None: a method that the address does not answer
        return [JsonFormat(), *(one() for one in LINKED_FORMATS if is_linked)]

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
            if self.describe and request.accepted_renderer.format in LINKED:
                return Response(self.describe(self._linked_entry(slug)))
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

    def _linked_entry(self, slug: str):
        if "fields" in self.request.query_params:
            raise InvalidParameters({"fields": [_("This format has its own fields. Leave this out.")]})
        return get_object_or_404(super().get_queryset(), slug=slug)


def with_actor_count(entries, counts: dict[str, int]):
    """The queryset `entries` with `actor_count` from `counts` by slug; 0 for those that are missing there."""
    count = Func(
        Value(counts, JSONField()), "slug", function="jsonb_extract_path_text", output_field=CharField()
    )
    return entries.annotate(actor_count=Coalesce(Cast(count, IntegerField()), 0))
