"""How an endpoint describes itself in the OpenAPI schema."""

from typing import cast

from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema

from clusterportal.core.api.formats import JsonFormat
from clusterportal.core.api.linked_formats import ONE, JsonLdFormat, TurtleFormat
from clusterportal.core.api.views import PublicView, PublicViewSet


def _is_typed(view: PublicView) -> bool:
    """Whether JSON is among the formats: it alone is described with fields and types."""
    return any(renderer.format == "json" for renderer in view.get_renderers())


def _leaves_out(view: PublicView) -> set[str]:
    """Parameters that give an answer which no generated type fits.

    Each format has an address of its own in the schema; `fields` stands in the description.
    """
    return {"format", "fields"} if _is_typed(view) else {"format"}


class PublicSchema(AutoSchema):
    """Takes the query parameters from the view, which validates requests against the same list."""

    def get_override_parameters(self):
        """Those that leave the answer what the schema says of it."""
        view = cast(PublicView, self.view)
        return [one for one in view.documented_parameters() if one.name not in _leaves_out(view)]

    def _get_filter_parameters(self):
        return []

    def _get_format_parameters(self):
        return []

    def get_response_serializers(self):
        """JSON as the serializer says; linked data have a schema of their own, and Turtle is a text."""
        shown = super().get_response_serializers()
        if TurtleFormat.media_type not in self.map_renderers("media_type"):
            return shown
        return {
            (200, JsonFormat.media_type): shown,
            (200, JsonLdFormat.media_type): ONE,
            (200, TurtleFormat.media_type): {"type": "string"},
        }

    def _get_response_for_code(self, serializer, status_code, media_types=None, direction="response"):
        """A schema given as a dictionary is the whole answer; the library would wrap it into a page of a list."""
        if not isinstance(serializer, dict):
            return super()._get_response_for_code(serializer, status_code, media_types, direction)
        media_types = media_types or self.map_renderers("media_type")
        return {"description": "", "content": {one: {"schema": serializer} for one in media_types}}

    def get_summary(self):
        """`about` of the view, by action where it has several."""
        about = getattr(self.view, "about", "")
        return about[cast(PublicViewSet, self.view).action] if isinstance(about, dict) else about

    def get_description(self):  # type: ignore[override]  # drf-spectacular asks without arguments
        """The language of the answer, and what changes its shape."""
        view = cast(PublicView, self.view)
        said = [_("Texts are in the language of `lang` or of Accept-Language.")]
        if _is_typed(view) and any(one.name == "fields" for one in view.documented_parameters()):
            said.append(
                _(
                    "`fields=a,b` answers only these fields. What is described here is the answer without it, so it is "
                    "no parameter of generated clients."
                )
            )
        return " ".join(said)

    def is_deprecated(self):
        return super().is_deprecated() or cast(PublicView, self.view).deprecation is not None

    def get_tags(self):
        return [getattr(self.view, "tag", None) or super().get_tags()[0]]
