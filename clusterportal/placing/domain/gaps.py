"""A gap in the matrix: who is near it, on its layer or in its area, and who would fit in by the suggestions."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from actors.models import ActorTopic, ApplicationFocus, LayerPlacement
from actors.querysets import ActorQuerySet
from applications.models import ApplicationArea
from clusterportal.core.publication import PublicationState
from clusterportal.placing.domain.suggestions import Suggestions, suggestions_for
from layers.models import Layer

LOOKED_AT = (
    24  # drafts and unplaced actors for which suggestions are made, those with most topics of the area first
)
UNFINISHED = [PublicationState.DRAFT, PublicationState.IN_REVIEW]


@dataclass(frozen=True)
class Gap:
    """A layer and an area that no public actor joins, looked at among `actors`, those of one curator."""

    layer: Layer
    area: ApplicationArea
    actors: ActorQuerySet

    def on_layer(self) -> ActorQuerySet:
        """Actors on the layer that are not in the area."""
        return self._current().filter(self._stands(), ~self._works()).by_name()

    def in_area(self) -> ActorQuerySet:
        """Actors in the area that are not on the layer."""
        return self._current().filter(self._works(), ~self._stands()).by_name()

    def candidates(self) -> ActorQuerySet:
        """Drafts and unplaced actors that do not fill the gap; those with most topics of the area first."""
        placed = Exists(LayerPlacement.objects.filter(actor=OuterRef("pk")))
        topics = ActorTopic.objects.filter(actor__foci__area=self.area).values("topic")
        shared = Count("actor_topics", filter=Q(actor_topics__topic__in=topics))
        return (
            self._current()
            .filter(Q(state__in=UNFINISHED) | ~placed)
            .exclude(self._stands() & self._works())
            .annotate(shared=shared)
            .order_by("-shared", "-updated_at", "pk")
        )

    def fitting(self, *, among: ActorQuerySet) -> list[int]:
        """Primary keys of the candidates whose suggestions, or places, join layer and area; LOOKED_AT are looked at."""
        looked_at = list(self.candidates().values_list("pk", flat=True)[:LOOKED_AT])
        if not looked_at:
            return []
        standing = set(self.actors.filter(self._stands()).with_keys(looked_at).values_list("pk", flat=True))
        working = set(self.actors.filter(self._works()).with_keys(looked_at).values_list("pk", flat=True))
        suggested = suggestions_for(looked_at, among=among)
        return [
            key
            for key in looked_at
            if (key in standing or self.layer.pk in _keys(suggested[key], "layers"))
            and (key in working or self.area.pk in _keys(suggested[key], "areas"))
        ]

    def _current(self) -> ActorQuerySet:
        return self.actors.exclude(state__in=[PublicationState.REJECTED, PublicationState.ARCHIVED])

    def _stands(self) -> Q:
        return Q(Exists(LayerPlacement.objects.filter(actor=OuterRef("pk"), layer=self.layer)))

    def _works(self) -> Q:
        return Q(Exists(ApplicationFocus.objects.filter(actor=OuterRef("pk"), area=self.area)))


def _keys(suggestions: Suggestions, name: str) -> set[int]:
    return {one.key for one in getattr(suggestions, name)}
