"""Who is of the region that the portal serves, told on the public roll."""

import numpy as np

from actors.facets.index import Roll


def inside(roll: Roll, clusters) -> np.ndarray:
    """Rows of actors of the region: members of `clusters`, and whoever sits in a town where one of these sits.

    The same as `actors.querysets.in_region_condition`.
    """
    members = roll.alive & roll.with_keys("cluster", [cluster.pk for cluster in clusters])
    if not members.any():
        return roll.alive
    texts = roll.vocabulary["city"].texts
    towns = {texts[place] for place in np.unique(roll.words["city"][members])} - {""}
    return members | (roll.alive & roll.with_words("city", towns.__contains__))
