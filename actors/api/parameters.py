"""The query parameters of the actors, documented and checked: the filters of the directory."""

from django.utils.translation import gettext_lazy as _

from actors.api.rows import columns
from actors.api.serializers import ActorSerializer
from actors.enums import ActorKind, RegionSide, RelationKind, SizeClass
from actors.fields import LONGEST_PLACE
from actors.filters import DEFAULT_RADIUS_KM, FACETS, ORDERINGS
from actors.querysets import HAVING
from clusterportal.core.api.languages import EVERY, AnswerLanguage
from clusterportal.core.api.parameters import codes, parameter, words

_DEGREES = r"-?[0-9]{1,3}(\.[0-9]+)?"
_YEAR = {"type": "integer", "minimum": 0, "maximum": 9999}
_BOX = {"type": "string", "pattern": f"^{','.join([_DEGREES] * 4)}$"}

FILTERS = [
    parameter(
        "q",
        _("Words that an actor must hold in name, alias, topic, place, summary or description; "
          "where none does, words spelt nearly so."),
        {"type": "string", "maxLength": 200}, example="software",
    ),
    codes("kind", _("Kind of organisation."), ActorKind.values),
    codes("layer", _("Slugs of layers, see `layers/`."), example="applied-research"),
    codes("area", _("Slugs of application areas, see `application-areas/`."), example="health-medtech"),
    codes("cluster", _("Slugs of clusters, see `clusters/`."), example="it-cluster-kaiserslautern"),
    words("topic", _("Slugs of topics, see `topics/`."), example="software-engineering"),
    words("city", _("Cities, written as in the address."), example="Leipzig"),
    words("postcode", _("Beginnings of postcodes."), example="676"),
    words("state", _("Federal states, written as in the address."), example="Rheinland-Pfalz"),
    words("country", _("Countries, two letters (ISO 3166-1)."), example="DE"),
    codes("size", _("Size class (EU recommendation 2003/361/EC)."), SizeClass.values),
    parameter("founded_min", _("Founded in this year or later."), _YEAR, example=1990),
    parameter("founded_max", _("Founded in this year or earlier."), _YEAR, example=2020),
    parameter(
        "near",
        _("Latitude and longitude, a postcode or a town: actors within `radius` of this place. "
          "A name that several places have is refused, naming them."),
        {"type": "string", "maxLength": LONGEST_PLACE}, example="49.44,7.77",
    ),
    parameter(
        "radius", _("Kilometres around `near`."),
        {"type": "number", "minimum": 0.1, "maximum": 20040, "default": DEFAULT_RADIUS_KM},
    ),
    parameter(
        "bbox", _("West, south, east, north in degrees: actors on this section of the map."), _BOX,
        example="7.5,49.3,8.0,49.6",
    ),
    parameter(
        "identifier",
        _("Scheme and value of an identifier. Schemes: ror, lei, wikidata, vat, register."),
        example="ror:019hjw009",
    ),
    codes(
        "region",
        _("Actors of the region, or outside of it: of the region are the members of its clusters and whoever "
          "sits in a town of one of these."),
        RegionSide.values,
    ),
    codes("relation", _("Actors with a relation of this kind."), RelationKind.values),
    parameter(
        "updated_since", _("Changed at this moment (RFC 3339) or on this day (ISO 8601) or later."),
        example="2026-01-31T12:00:00Z",
    ),
    codes("has", _("Actors that give these details."), HAVING),
]  # fmt: skip
LIST = [
    parameter(
        "ordering",
        _("Order of the list; a minus turns it round. `distance` needs `near`, `relevance` needs `q`. "
          "The default is the name, with `q` the relevance."),
        enum=list(ORDERINGS),
    ),
    codes(
        "fields",
        _("Only these fields of each entry; in csv and xlsx only these columns."),
        dict.fromkeys(
            [*ActorSerializer.names(), *columns(AnswerLanguage("")), *columns(AnswerLanguage(EVERY))]
        ),
    ),
    codes(
        "facets",
        _("Adds `facets` (in json): the number of actors by value, each facet counted "
          "without its own filter."),
        FACETS,
    ),
]  # fmt: skip
