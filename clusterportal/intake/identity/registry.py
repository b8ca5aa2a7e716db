"""Descriptions of the actors of the registry."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from actors.models import ActorAlias, Identifier
from actors.querysets import ActorQuerySet
from clusterportal.intake.identity.description import Description, describe

CHUNK = 5000  # actors whose names and numbers are read with one query each
_COLUMNS = (
    "pk",
    "name",
    "short_name",
    "website",
    "phone",
    "country",
    "postcode",
    "city",
    "street",
    "latitude",
    "longitude",
)


def descriptions(actors: ActorQuerySet) -> Iterator[tuple[int, Description, str]]:
    """Key, description and title ("name, town") of each of `actors`; three queries for some thousands."""
    rows = actors.order_by("pk").values_list(*_COLUMNS).iterator(chunk_size=CHUNK)
    while some := list(islice(rows, CHUNK)):
        keys = [row[0] for row in some]
        aliases, numbers = _aliases(keys), _numbers(keys)
        for pk, name, short, website, phone, country, postcode, city, street, north, east in some:
            description = describe(
                name=name,
                others=(short, *aliases.get(pk, ())),
                identifiers=numbers.get(pk, ()),
                website=website,
                phone=phone,
                country=country,
                postcode=postcode,
                city=city,
                street=street,
                position=None if north is None else (north, east),
            )
            yield pk, description, f"{name}, {city}" if city else name


def _aliases(actors: list[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for pk, name in (
        ActorAlias.objects.filter(actor__in=actors).order_by("pk").values_list("actor_id", "name")
    ):
        found[pk].append(name)
    return found


def _numbers(actors: list[int]) -> dict[int, list[tuple[str, str]]]:
    found = defaultdict(list)
    rows = (
        Identifier.objects.filter(actor__in=actors).order_by("pk").values_list("actor_id", "scheme", "value")
    )
    for pk, scheme, value in rows:
        found[pk].append((scheme, value))
    return found
