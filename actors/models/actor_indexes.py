"""The indexes of actors: lists and the map read published ones in order, the admin all of them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate

from clusterportal.core.functions import Fold, Host
from clusterportal.core.publication import is_published

_PUBLIC = is_published()

ACTOR_INDEXES = [
    models.Index("sort_key", "id", condition=_PUBLIC, name="actor_public_by_name"),
    models.Index(F("created_at").desc(), "id", condition=_PUBLIC, name="actor_public_newest"),
    models.Index("public_updated_at", condition=_PUBLIC, name="actor_public_updated"),
    # The map counts over this index alone.
    models.Index(
        fields=["latitude", "longitude"],
        include=["id"],
        condition=_PUBLIC,
        name="actor_public_spot",
    ),
    models.Index("state", "sort_key", name="actor_by_state"),
    models.Index("kind", name="actor_by_kind"),
    models.Index("city", name="actor_by_city"),
    models.Index("logo", condition=~Q(logo=""), name="actor_by_logo"),  # whose file is asked for
    models.Index("postcode", name="actor_by_postcode"),
    models.Index(Host("website"), "id", condition=_PUBLIC & ~Q(website=""), name="actor_public_by_host"),
    models.Index("name_key", "id", condition=_PUBLIC, name="actor_public_by_full_name"),
    models.Index(
        Collate(Fold("city"), "C"),
        "city",
        "id",
        condition=_PUBLIC & ~Q(city=""),
        name="actor_public_cities",
    ),
]
