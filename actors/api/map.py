"""The actors on the map: clusters and single actors of one section, as GeoJSON.

One question for the whole section and not one for each tile: a view is six to twelve tiles, and every one of them
would ask the filters anew. A client that rounds its section outwards asks the same address again and gets 304.
"""

import orjson
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from actors.api import export_cells, parameters
from actors.api.actor_json import ActorJson
from actors.api.documentation import MAP
from actors.api.viewsets import filtered
from actors.domain.clustering import MOST_ZOOM, Box, Spot, spots
from actors.domain.taxonomy import Taxonomy
from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.api.parameters import parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import PublicView
from clusterportal.core.deployment import deployment_fingerprint
from clusterportal.core.sent_numbers import sent_number
from clusterportal.history.models import public_state

ZOOM = parameter(
    "zoom",
    _(
        "Zoom of the map (256 px for the world at 0): the finer, the fewer actors become one cluster. "
        "Without it, or with too large a section, as fine as an answer of about 500 features allows."
    ),
    {"type": "integer", "minimum": 0, "maximum": MOST_ZOOM},
    example=9,
)


class GeoJson(JSONRenderer):
    media_type = "application/geo+json"
    format = "geojson"
    charset = None
    also_accepted_as = ("application/json",)  # it is JSON, and this endpoint has no other


class MapView(PublicView):
    """Clusters carry their bounds as `bbox`, `count`, and `exact_count`: how many stand at their building or street.

    An actor that stands alone is a feature as in `actors/`.
    """

    about = _("Published actors on a section of the map, neighbours as clusters")
    tag = "actors"
    renderer_classes = [GeoJson]

    def own_parameters(self) -> list:
        return [ZOOM, *parameters.FILTERS]

    @extend_schema(responses={(200, GeoJson.media_type): MAP})
    def get(self, request):
        state = public_state()  # before what it shall name
        filterset = filtered(request.query_params)
        zoom = _zoom(request.query_params)
        etag = etag_of(
            deployment_fingerprint(), state.version, request.build_absolute_uri(), self.language.spoken
        )
        if (answer := unchanged(request, etag)) is not None:
            return answer
        box = Box(*(filterset.form.cleaned_data["bbox"] or ()))
        found = spots(filterset.actors, box=box, zoom=zoom)
        response = Response(self._collection(found, filterset.taxonomy))
        response.headers["ETag"] = etag
        return response

    def _collection(self, found: list[Spot], taxonomy: Taxonomy) -> dict:
        records = ActorJson(self.language, self.addresses, export_cells.FEATURE, taxonomy)
        alone = records.by_key([spot.first for spot in found if spot.count == 1])
        # Between the two questions an actor may have been withdrawn.
        found = [spot for spot in found if spot.count > 1 or spot.first in alone]
        collection = {"type": "FeatureCollection", "count": sum(spot.count for spot in found)}
        if found:
            collection["bbox"] = _bounds([spot.bounds for spot in found])
        collection["features"] = [
            export_cells.feature_of(orjson.loads(alone[spot.first])) if spot.count == 1 else _cluster(spot)
            for spot in found
        ]
        return collection


def _cluster(spot: Spot) -> dict:
    return {
        "type": "Feature",
        "bbox": _bounds([spot.bounds]),
        "geometry": {"type": "Point", "coordinates": [round(spot.longitude, 6), round(spot.latitude, 6)]},
        "properties": {"count": spot.count, "exact_count": spot.exact},
    }


def _bounds(boxes: list[Box]) -> list[float]:
    """West, south, east, north around all `boxes` (RFC 7946, section 5)."""
    return [
        min(box.west for box in boxes),
        min(box.south for box in boxes),
        max(box.east for box in boxes),
        max(box.north for box in boxes),
    ]


def _zoom(params) -> int:
    text = params.get("zoom") or str(MOST_ZOOM)
    if (zoom := sent_number(text, most=MOST_ZOOM)) is None:
        raise InvalidParameters(
            {"zoom": [_("Give a number from 0 to %(largest)s.") % {"largest": MOST_ZOOM}]}
        )
    return zoom
