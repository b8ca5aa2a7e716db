"""What everybody sees of requests and offers, what can still be answered, and which ones a person works with."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actors.models import Actor, LayerPlacement
from actors.rules import reaches_all
from clusterportal.core.publication import is_published


class PartnerSearchQuerySet(QuerySet):
    def published(self) -> Self:
        """What everybody sees, also when it is over: of published actors."""
        return self.filter(is_published(), is_published("actor"))

    def open_on(self, day: date) -> Self:
        """What can be answered on that day: by its deadline, also when the job that writes the end down is late."""
        in_time = Q(deadline=None) | Q(deadline__gte=day)
        return self.published().filter(in_time, expired_at=None, closed_at=None)

    def expired_on(self, day: date) -> Self:
        return self.published().filter(Q(expired_at__isnull=False) | Q(deadline__lt=day), closed_at=None)

    def closed(self) -> Self:
        return self.published().filter(closed_at__isnull=False)

    def to_expire(self, day: date) -> Self:
        """Whose end is still to be written down."""
        return self.filter(is_published(), closed_at=None, expired_at=None, deadline__lt=day)

    def curated_by(self, user) -> Self:
        """What the person works with: that of actors within reach."""
        return (
            self if reaches_all(user) else self.filter(actor__in=Actor.objects.curated_by(user).values("pk"))
        )

    def naming(self, areas: Collection[int]) -> Self:
        """Those that name one of these areas, given by their keys."""
        named = self.model.areas.through.objects.filter(applicationarea__in=areas)  # type: ignore[attr-defined]
        return self.filter(pk__in=named.values("partnersearch"))

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def deadline_first(self) -> Self:
        return self.order_by(F("deadline").asc(nulls_last=True), "-published_at", "-pk")

    def for_list(self) -> Self:
        """With all that a row shows: three queries. `layer_positions`: of its actor; `follower_count`: confirmed."""
        placements = LayerPlacement.objects.filter(actor=OuterRef("actor")).order_by("layer__position")
        followers = apps.get_model("partnering", "Follower").objects.filter(search=OuterRef("pk"))
        confirmed = followers.filter(confirmed_at__isnull=False).order_by().values("search")
        return (
            self.select_related("actor", "layer")
            .prefetch_related("areas", "topics")
            .annotate(
                layer_positions=ArraySubquery(placements.values("layer__position")),
                follower_count=Coalesce(Subquery(confirmed.annotate(n=Count("pk")).values("n")), 0),
            )
        )

    def since(self, moment: datetime) -> Self:
        return self.filter(updated_at__gte=moment)
