"""What stands in a document: gathered from what the public sees, in one language, ready to be set."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.facets.selection import Selection
from actors.landscape.matrix import matrix
from actors.models import Actor
from clusterportal.atlas.domain import chapters
from clusterportal.atlas.domain.print_pictures import as_png
from clusterportal.atlas.domain.profiles import id_of, profiles_of
from clusterportal.atlas.domain.texts import name_of, plain
from clusterportal.atlas.domain.words import part_names, words
from clusterportal.core.colours import light_colours

Content = dict[str, Any]


@dataclass
class Gathered:
    """Content and pictures of a document, and of whom it speaks."""

    content: Content
    pictures: dict[str, bytes] = field(default_factory=dict)
    actors: list[int] = field(default_factory=list)  # primary keys, also of those whom only a relation names
    people: list[int] = field(default_factory=list)  # primary keys of the contact persons named
    without_logo: list[str] = field(default_factory=list)  # whose logo is lost or broken


def atlas(
    selection: Selection,
    taxonomy: Taxonomy,
    *,
    scope: str = "",
    on_progress: Callable[[int], None] = lambda done: None,
) -> Gathered:
    """The atlas of the selected actors. `scope`: what they were chosen by, as people read it; empty for the region."""
    gathered, actors = _profiles(selection.actors.by_name(), taxonomy, on_progress)
    counted = matrix(selection, taxonomy)
    rows = chapters.rows(counted, actors)
    year = timezone.localdate().year
    title = _("Competence atlas %(year)s") % {"year": year}
    others = {
        "title": f"{title}: {scope}" if scope else title,
        "cover_title": pgettext("cover", "Competence atlas %(year)s") % {"year": year},
        "scope": scope,
        "line": _line(len(actors), rows, taxonomy),
        "regions": regions(taxonomy),
        "layers": chapters.layers(counted),
        "rows": rows,
        "weave_alt": _weave_alt(rows),
        "gaps": chapters.gaps(rows),
        "without_area": chapters.without_area(actors),
        "index": chapters.index(actors),
        "remarks": _remarks(scope),
        "left_out": [],
        **chapters.map_chapter(actors),
    }
    gathered.content |= others
    gathered.content["contents"] = _contents(gathered.content)
    gathered.content["words"] |= _counted_words(gathered.content)
    return gathered


def single(actor: Actor, taxonomy: Taxonomy) -> Gathered:
    """The profile of one published actor as a document."""
    gathered, _actors = _profiles(Actor.objects.filter(pk=actor.pk), taxonomy, lambda done: None)
    gathered.content["title"] = str(actor)
    return gathered


def without(gathered: Gathered, places: set[int], said: list[str]) -> Content:
    """The content of an atlas without the profiles at `places`, which `said` names."""
    content = gathered.content
    gone = {content["profiles"][place]["id"] for place in places}

    def left(ids: list[str]) -> list[str]:
        return [one for one in ids if one not in gone]

    return content | {
        "profiles": [one for one in content["profiles"] if one["id"] not in gone],
        "ids": left(content["ids"]),
        "rows": [
            row | {"cells": [cell | {"actors": left(cell["actors"])} for cell in row["cells"]]}
            for row in content["rows"]
        ],
        "without_area": left(content["without_area"]),
        "index": [group | {"ids": left(group["ids"])} for group in content["index"] if left(group["ids"])],
        "left_out": said,
    }


def frame() -> Content:
    """What every document has: language, colours, words, name and address of the portal, the day."""
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return {
        "language": get_language(),
        "site": settings.SITE_NAME,
        "about": "",
        "state": _("As of %(day)s") % {"day": day},
        "colours": light_colours(),
        "faces": ["Libertinus Serif"],  # Typst looks through the others where this one lacks a character
        "words": words(),
    }


def regions(taxonomy: Taxonomy) -> str:
    """ "Kaiserslautern and Leipzig"; with many regions their number."""
    names = [str(region.name) for region in taxonomy.regions]
    if len(names) > 4:
        return _("%(number)d regions") % {"number": len(names)}
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _profiles(actors, taxonomy: Taxonomy, on_progress: Callable[[int], None]) -> tuple[Gathered, list[Actor]]:
    gathered, found, profiles, spoken_of = Gathered(frame()), [], [], set()
    for actor, profile, named in profiles_of(actors, taxonomy, on_progress=on_progress):
        if actor.logo:
            if picture := as_png(actor.logo):
                profile["logo"] = f"{profile['id']}.png"
                gathered.pictures[profile["logo"]] = picture
            else:
                gathered.without_logo.append(str(actor))
        found.append(actor)
        profiles.append(profile)
        spoken_of |= named
        gathered.people += [person.pk for person in actor.public_contacts]  # type: ignore[attr-defined]
    gathered.actors = sorted(spoken_of)
    gathered.content |= {
        "profiles": profiles,
        "ids": [one["id"] for one in profiles],
        "names": {id_of(actor.pk): name_of(actor) for actor in found},
        "positions": {one["id"]: one["positions"] for one in profiles},
    }
    return gathered, found


def _line(count: int, rows: list[dict], taxonomy: Taxonomy) -> str:
    """ "78 actors, 6 clusters, 10 application areas on five layers from research to market"."""
    parts = [
        ngettext("%(shown)s actor", "%(shown)s actors", count) % {"shown": number_format(count)},
        ngettext("%(number)d cluster", "%(number)d clusters", len(taxonomy.clusters))
        % {"number": len(taxonomy.clusters)},
        ngettext("%(number)d application area", "%(number)d application areas", len(rows))
        % {"number": len(rows)},
    ]
    return _("%(what)s on five layers from research to market") % {"what": ", ".join(parts)}


def _weave_alt(rows: list[dict]) -> str:
    lacks = sum(not cell["count"] for row in rows for cell in row["cells"])
    areas = ", ".join(plain(row["name"]) for row in rows)
    text = _(
        "Five layers as rising steps, across them as threads the application areas: %(areas)s. Each circle says how "
        "many actors there are, %(gaps)d rings are gaps. The table “Matrix” says the same."
    )
    return text % {"areas": areas, "gaps": lacks}


def _contents(content: Content) -> list[dict]:
    """Rows of the table of contents; only what the document has."""
    named = part_names()
    there = {"map": bool(content["towns"]), "profiles": bool(content["profiles"])}
    areas = [{"id": row["id"], "name": row["name"]} for row in content["rows"]]
    return [
        {"id": part, "name": name, "parts": areas if part == "areas" else []}
        for part, name in named.items()
        if there.get(part, True)
    ]


def _counted_words(content: Content) -> dict[str, str]:
    lacks = sum(not cell["count"] for row in content["rows"] for cell in row["cells"])
    places = len(content["towns"])
    return {
        "gaps_title": ngettext("The %(number)d gap in detail", "The %(number)d gaps in detail", lacks)
        % {"number": lacks},
        "map_title": ngettext("%(number)d place on the map", "%(number)d places on the map", places)
        % {"number": places},
    }


def _remarks(scope: str) -> list[str]:
    """How the atlas came about."""
    lines = [
        _(
            "This atlas is set by a program from the data of the registry “%(site)s”, as they were on the day that "
            "stands at the foot of each page. It holds only what is public there; people only with their consent."
        )
        % {"site": settings.SITE_NAME},
        _(
            "Facts come from public sources. Placement on layers, in areas and in clusters is the editors’ judgement."
        ),
        _("An actor on several layers or in several areas counts in each of them, in totals once."),
        _("The current state: %(address)s") % {"address": settings.SITE_URL},
    ]
    chosen = [_("Chosen by: %(scope)s") % {"scope": scope}] if scope else []
    return chosen + lines
