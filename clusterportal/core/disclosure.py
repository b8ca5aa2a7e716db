"""What published figures may not give away about single actors: of few actors, and of one or two that dominate."""

from collections.abc import Iterable

MIN_ACTORS = 3
"""Fewer actors are not published: each of two could subtract itself and know the other."""

DOMINANCE = ((1, 0.75), (2, 0.85))
"""The n largest may not have more than this share together.

The (n, k) rule with n = 2 and k = 85 % as in Hundepool et al.: Handbook on Statistical Disclosure Control (ESSNet SDC,
2010); 75 % for a single one is our own choice.
"""


def too_few(actor_count: int) -> bool:
    """Whether a figure stands on so few actors that it is not published; on none at all there is nothing to hide."""
    return 0 < actor_count < MIN_ACTORS


def is_dominated(contributions: Iterable[float]) -> bool:
    """Whether one or two of the actors behind a sum make up nearly all of it, by the rule of `DOMINANCE`.

    Contributions are amounts from nought up, one an actor. A sum of nought is dominated by nobody.
    """
    largest = sorted(contributions, reverse=True)
    whole = sum(largest)
    return whole > 0 and any(sum(largest[:count]) > share * whole for count, share in DOMINANCE)
