"""The actors that an address names, `?actor=<slug>&actor=…`: to be compared, or as a list that somebody shares."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from actors.domain.addresses import keys_by_address

MOST_NAMED = 100  # also in shortlist.js: what an address holds that every server on the way accepts
_SHOWN = 60  # characters of a name that is not known


@dataclass(frozen=True)
class NamedActors:
    """Keys of published actors in the order of the address, and what else it names."""

    keys: list[int]
    given: list[str]  # without repetitions, in the order of the address
    by_name: dict[str, int]
    is_cut: bool = False  # more were named than are read
    unknown: list[str] = field(default_factory=list)


def named_actors(params: QueryDict) -> NamedActors:
    """What `actor` names: slugs or permanent ids, also former ones; who is named twice counts once."""
    every = list(dict.fromkeys(one.strip() for one in params.getlist("actor") if one.strip()))
    given = every[:MOST_NAMED]
    by_name = keys_by_address(given) if given else {}
    return NamedActors(
        keys=list(dict.fromkeys(by_name[one] for one in given if one in by_name)),
        given=given,
        by_name=by_name,
        is_cut=len(every) > MOST_NAMED,
        unknown=[_printable(one[:_SHOWN]) for one in given if one not in by_name],
    )


def address_of(slugs, **more) -> str:
    """The query string that names these actors."""
    return f"?{urlencode({'actor': list(slugs), **more}, doseq=True)}" if slugs or more else "?"


def download_address(format: str, actors) -> str:
    """Where these actors are saved as a file: csv, xlsx."""
    query = urlencode([("uid", actor.uid) for actor in actors])
    return f"{reverse('actors:actor-export', args=[format])}?{query}"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
