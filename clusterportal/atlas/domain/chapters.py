"""The chapters of an atlas beside the profiles: model, matrix, map, areas, index."""

from collections import defaultdict
from itertools import groupby
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.landscape.matrix import Matrix
from actors.landscape.strength import heat, heat_step, knot_size
from actors.models import Actor
from clusterportal.atlas.domain.maps import Town, map_of, rings_of
from clusterportal.atlas.domain.profiles import id_of
from clusterportal.atlas.domain.texts import marked, said, short
from clusterportal.clusters.models import Region

MOST_TOWNS = 30  # rows of the table; the others are counted in one


def layers(counted: Matrix) -> list[dict]:
    """The five layers with their description and the number of their actors."""
    return [
        {
            "number": layer.position,
            "name": short(layer),
            "claim": said(layer, "claim"),
            "description": said(layer, "description"),
            "counted": _actors(counted.layer_totals.get(layer.slug, 0)),
        }
        for layer in counted.layers
    ]


def _actors(number: int) -> str:
    return ngettext("%(shown)s actor", "%(shown)s actors", number) % {"shown": number_format(number)}


def rows(counted: Matrix, actors: list[Actor]) -> list[dict]:
    """A row for each area: its cells with count, heat, size of the circle, and who is in them."""
    begins = heat([counted.count(layer, area) for area in counted.areas for layer in counted.layers])
    ranked = sorted(set(counted.counts.values()))
    members = _members(actors)
    found = []
    for area in counted.areas:
        cells = []
        for layer in counted.layers:
            ids = members[area.pk, layer.pk]
            cells.append(
                {
                    "id": f"cell-{area.pk}-{layer.position}",
                    "count": len(ids),
                    "shown": number_format(len(ids)),
                    "heat": heat_step(len(ids), begins),
                    "knot": knot_size(len(ids), ranked),
                    "actors": ids,
                }
            )
        text = {"name": short(area), "description": said(area, "description")}
        found.append({"id": f"area-{area.pk}", **text, "cells": cells})
    return found


def _members(actors: list[Actor]) -> dict[tuple[int, int], list[str]]:
    """Who is in each cell (area, layer), as names of places in the document."""
    found = defaultdict(list)
    for actor in actors:
        for focus in actor.foci.all():
            for placement in actor.placements.all():
                found[focus.area_id, placement.layer_id].append(id_of(actor.pk))
    return found


def without_area(actors: list[Actor]) -> list[str]:
    """Who has no area, or stands on no layer: in no cell, but in the atlas."""
    return [id_of(actor.pk) for actor in actors if not (actor.foci.all() and actor.placements.all())]


def gaps(found: list[dict]) -> list[dict]:
    """Which layers lack an actor, for each area that lacks any."""
    lacking = [
        (row, [str(n) for n, cell in enumerate(row["cells"], 1) if not cell["count"]]) for row in found
    ]
    return [{"area": row["name"], "layers": _layers(numbers)} for row, numbers in lacking if numbers]


def _layers(numbers: list[str]) -> str:
    *first, last = numbers
    if not first:
        return _("Layer %(numbers)s") % {"numbers": last}
    text = _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
    return _("Layers %(numbers)s") % {"numbers": text}


def towns(actors: list[Actor]) -> list[Town]:
    """The towns of the actors, those with most actors first; the point is the middle of the known ones."""
    by_town = defaultdict(list)
    for actor in actors:
        by_town[actor.city].append(actor)
    by_town.pop("", None)
    found = []
    for city, group in by_town.items():
        points = [
            (a.longitude, a.latitude) for a in group if a.longitude is not None and a.latitude is not None
        ]
        middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)] if points else [None, None]
        counts = [sum(n in actor.positions for actor in group) for n in range(1, 6)]
        found.append(Town(city, len(group), counts, *middle))
    return sorted(found, key=lambda town: (-town.count, town.name))


def map_chapter(actors: list[Actor]) -> dict[str, Any]:
    """Map, table of towns, and what has to be said below."""
    found = towns(actors)
    ids = [actor.pk for actor in actors]
    regions = Region.objects.filter(outline__isnull=False, clusters__memberships__actor__in=ids).distinct()
    shown, rest = found[:MOST_TOWNS], found[MOST_TOWNS:]
    table = [_town_row(marked(town.name, ""), town.count, town.layers) for town in shown]
    if rest:
        name = ngettext("%(number)d further town", "%(number)d further towns", len(rest)) % {
            "number": len(rest)
        }
        sums = [sum(counts) for counts in zip(*(town.layers for town in rest), strict=True)]
        table.append(_town_row(name, sum(town.count for town in rest), sums))
    sources = dict.fromkeys(region.outline_source for region in regions if region.outline_source)
    notes = [_("Outline: %(source)s, simplified.") % {"source": source} for source in sources]
    homeless = sum(not actor.city for actor in actors)
    if homeless:
        text = ngettext(
            "For %(number)d actor no town is recorded.",
            "For %(number)d actors no town is recorded.",
            homeless,
        )
        notes.append(text % {"number": homeless})
    outlines = [ring for region in regions for ring in rings_of(region.outline)]
    return {"map": map_of(found, outlines), "towns": table, "map_notes": notes}


def _town_row(name: Any, count: int, counts: list[int]) -> dict:
    return {
        "name": name,
        "shown": number_format(count),
        "layers": [number_format(one) if one else "" for one in counts],
    }


def index(actors: list[Actor]) -> list[dict]:
    """The actors by their first letter, in the order of DIN 5007-1."""
    return [
        {"letter": letter, "ids": [id_of(actor.pk) for actor in group]}
        for letter, group in groupby(actors, key=_letter)
    ]


def _letter(actor: Actor) -> str:
    first = actor.sort_key[:1].upper()
    if first.isdigit():
        return "0–9"
    return first if first.isascii() and first.isalpha() else _("Further scripts")
