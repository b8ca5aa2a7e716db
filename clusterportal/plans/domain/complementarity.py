"""How much two actors complete each other: the same fields, different links of the chain."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoMatch(models.TextChoices):
    """Why two actors complete each other in nothing."""

    INCOMPLETE = "incomplete", _("profile incomplete")
    NO_SHARED_AREA = "no_shared_area", _("no area in common")
    SAME_LAYERS = "same_layers", _("the same layers")


@dataclass(frozen=True)
class Complementarity:
    """From 0 (nothing) to 1 (the same areas, no layer in common); `reason` says why it is 0."""

    value: float
    reason: NoMatch | None = None


def jaccard(one: Collection, other: Collection) -> float:
    """The shared part of two sets, 0 to 1; of two empty ones 0."""
    union = {*one, *other}
    return len({*one} & {*other}) / len(union) if union else 0.0


def complementarity(
    areas: Collection, layers: Collection, other_areas: Collection, other_layers: Collection
) -> Complementarity:
    """Jaccard(areas) x (1 - Jaccard(layers)); 0 with its reason where a side is empty.

    Areas {auto, health} and {auto}, layers {3} and {4, 5}: 1/2 x 1 = 0.5.
    """
    if not (areas and layers and other_areas and other_layers):
        return Complementarity(0.0, NoMatch.INCOMPLETE)
    shared, same = jaccard(areas, other_areas), jaccard(layers, other_layers)
    value = shared * (1 - same)
    if value:
        return Complementarity(value)
    return Complementarity(0.0, NoMatch.NO_SHARED_AREA if not shared else NoMatch.SAME_LAYERS)
