"""Actors as rows of a list."""

from django.db.models import Prefetch

from actors.models import ApplicationFocus, LayerPlacement


def with_rows(actors, parts=()):
    """`actors` with all that a row shows, in two further queries, and one for each of `parts`.

    Areas out of use stay out of sight.
    """
    return actors.prefetch_related(
        Prefetch("placements", LayerPlacement.objects.select_related("layer").order_by("layer__position")),
        Prefetch(
            "foci",
            ApplicationFocus.objects.filter(area__is_active=True)
            .select_related("area")
            .order_by("area__position", "area__slug"),
        ),
        *parts,
    )
