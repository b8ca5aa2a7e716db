"""Base of the endpoints of linked data."""

from clusterportal.core.api.alternates import LinksFormats
from clusterportal.core.api.linked_formats import MANY, JsonLdFormat, TurtleFormat
from clusterportal.core.api.views import PublicView

# What the endpoints answer, for the OpenAPI schema.
DOCUMENT = {(200, JsonLdFormat.media_type): MANY, (200, TurtleFormat.media_type): {"type": "string"}}


class JsonLdForAll(JsonLdFormat):
    """JSON-LD is JSON: whoever asks for that gets it too."""

    also_accepted_as = ("application/json",)


class LinkedView(LinksFormats, PublicView):
    """A document of linked data. It holds every language, whichever was asked for."""

    renderer_classes = [JsonLdForAll, TurtleFormat]
    tag = "linked-data"
