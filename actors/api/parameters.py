"""The query parameters of the actors, documented and checked: the filters of the directory."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from actors.api.actor_records import FIELDS, INCLUDE
from actors.api.export_cells import columns
from actors.enums import ActorKind, IdentifierScheme, RegionSide, RelationKind, SizeClass
from actors.facets.counts import VALUES_OF_OPEN_FACET
from actors.facets.definitions import DETAILS
from actors.fields import LONGEST_PLACE, UID_EXAMPLE
from actors.filters import DEFAULT_RADIUS_KM, FACETS, FARTHEST_KM, ORDERINGS, ActorFilterSet
from actors.search.query import LONGEST_QUESTION
from clusterportal.core.api.answer_language import EVERY, AnswerLanguage
from clusterportal.core.api.parameters import codes, parameter, words
from clusterportal.core.api.problems import InvalidParameters

_DEGREES = r"-?(180(\.0+)?|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]+)?)"
_LATITUDE = r"-?(90(\.0+)?|[0-8]?[0-9](\.[0-9]+)?)"
_YEAR = {"type": "integer", "minimum": 0, "maximum": 9999}
_BOX = {"type": "string", "pattern": f"^{','.join([_DEGREES, _LATITUDE] * 2)}$"}
_MOMENT = {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}
_UID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
_SCHEMES = "|".join(IdentifierScheme.values)
MOST_FACET_VALUES = 10_000

_DOCUMENTED = [
    parameter(
        "q",
        _(
            "Words that an actor must hold in name, alias, topic, place, summary or description; "
            "where none does, words spelt nearly so."
        ),
        {"type": "string", "minLength": 0, "maxLength": LONGEST_QUESTION},
        example="software",
    ),
    codes("kind", _("Kind of organisation."), ActorKind.values),
    codes("layer", _("Slugs of layers, see `layers/`."), example="applied-research"),
    codes("area", _("Slugs of application areas, see `application-areas/`."), example="health-medtech"),
    codes("cluster", _("Slugs of clusters, see `clusters/`."), example="it-cluster-kaiserslautern"),
    words("topic", _("Slugs of topics, see `topics/`."), example="software-engineering"),
    words("city", _("Cities, written as in the address; capitals do not matter."), example="Leipzig"),
    words("postcode", _("Beginnings of postcodes."), example="676"),
    words(
        "state",
        _("Federal states, written as in the address; capitals do not matter."),
        example="Rheinland-Pfalz",
    ),
    words("country", _("Countries, two letters (ISO 3166-1)."), example="DE", pattern="^[A-Za-z]{2}$"),
    codes("size", _("Size class (EU recommendation 2003/361/EC)."), SizeClass.values),
    parameter("founded_min", _("Founded in this year or later."), _YEAR, example=1990),
    parameter("founded_max", _("Founded in this year or earlier."), _YEAR, example=2020),
    parameter(
        "near",
        _(
            "Latitude and longitude, a postcode or a town: actors within `radius` of this place. "
            "A name that several places have is refused, naming them."
        ),
        {"type": "string", "maxLength": LONGEST_PLACE},
        example="49.44,7.77",
    ),
    parameter(
        "radius",
        # No `default` of the schema: clients made from it send that always, also where it means nothing.
        format_lazy(
            _("Kilometres around `near`, which it needs; {default} if not given."), default=DEFAULT_RADIUS_KM
        ),
        {"type": "number", "minimum": 0.1, "maximum": FARTHEST_KM},
        example=DEFAULT_RADIUS_KM,
    ),
    parameter(
        "bbox",
        _(
            "West, south, east, north in degrees: actors on this section of the map. West may be greater than "
            "east, over the date line; south is never greater than north."
        ),
        _BOX,
        example="7.5,49.3,8.0,49.6",
    ),
    words(
        "identifier",
        _(
            "Scheme and value of an identifier; repeat it to ask for many at once. "
            "Schemes: ror, lei, wikidata, vat, register."
        ),
        example="ror:019hjw009",
        pattern=f"^({_SCHEMES}):.+$",
    ),
    words(
        "uid",
        _("Permanent ids, also of actors that were merged into others; repeat it to ask for many at once."),
        example=UID_EXAMPLE,
        pattern=_UID,
    ),
    codes(
        "region",
        _(
            "Actors of the region, or outside of it: of the region are the members of its clusters and whoever "
            "sits in a town of one of these."
        ),
        RegionSide.values,
    ),
    codes("relation", _("Actors with a relation of this kind."), RelationKind.values),
    parameter(
        "updated_since",
        _(
            "What became visible at this moment (RFC 3339) or on this day (ISO 8601) or later, in UTC unless an "
            "offset says otherwise. Send back `complete_until` of the answer before, and no change is missed; an "
            "actor may come again though it has not changed."
        ),
        _MOMENT,
        example="2026-01-31T12:00:00Z",
    ),
    codes("has", _("Actors that give these details."), DETAILS),
]


def _by_its_label(name: str, one: Filter):
    """A filter of which there is no more to say than its label and its values."""
    values = [code for code, _label in one.extra.get("choices", ())]
    return codes(name, one.label, values) if values else words(name, one.label, example="")


FILTERS = [
    *_DOCUMENTED,
    *(
        _by_its_label(name, one)
        for name, one in ActorFilterSet.base_filters.items()
        if name not in {"ordering", *(known.name for known in _DOCUMENTED)}
    ),
]
LIST = [
    parameter(
        "ordering",
        _(
            "Order of the list; a minus turns it round. `distance` needs `near`, `relevance` needs `q`. "
            "The default is with `q` the relevance, else with `near` the distance, else the name."
        ),
        enum=list(ORDERINGS),
    ),
    codes(
        "fields",
        _("Only these fields of each entry, any of the detail; in csv and xlsx only these columns."),
        dict.fromkeys([*FIELDS, *columns(AnswerLanguage("")), *columns(AnswerLanguage(EVERY))]),
    ),
    INCLUDE,
    codes(
        "facets",
        _(
            "Adds `facets` (in json): the number of actors by value, each facet counted "
            "without its own filter."
        ),
        FACETS,
    ),
    parameter(
        "facet_size",
        format_lazy(
            _(
                "How many values of the facets city and topic: the most frequent ones, and those asked for; `all` "
                "for every one, {default} if not given. `facet_totals` says how many there are. Needs `facets`."
            ),
            default=VALUES_OF_OPEN_FACET,
        ),
        {"type": "string", "pattern": "^(all|[1-9][0-9]{0,3}|10000)$"},
        example="all",
    ),
]


def refuse(params, reasons: dict) -> None:
    """Refuse parameters that do not apply here, each with its reason."""
    if errors := {name: [reason] for name, reason in reasons.items() if name in params}:
        raise InvalidParameters(errors)


def facet_size(params) -> int | None:
    """How many values of an open facet were asked for; None for all."""
    text = params.get("facet_size", str(VALUES_OF_OPEN_FACET))
    if text == "all":
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text) or int(text) > MOST_FACET_VALUES:
        raise InvalidParameters(
            {
                "facet_size": [
                    _("Give “all” or a number from 1 to %(largest)s.") % {"largest": MOST_FACET_VALUES}
                ]
            }
        )
    return int(text)
