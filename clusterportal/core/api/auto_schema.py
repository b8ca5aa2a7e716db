"""How an endpoint describes itself in the OpenAPI schema."""

from typing import cast

from drf_spectacular.openapi import AutoSchema

from clusterportal.core.api.views import PublicView, PublicViewSet


class PublicSchema(AutoSchema):
    """Takes the query parameters from the view, which validates requests against the same list."""

    def get_override_parameters(self):
        return cast(PublicView, self.view).documented_parameters()

    def _get_filter_parameters(self):
        return []

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
        return ""

    def is_deprecated(self):
        return super().is_deprecated() or cast(PublicView, self.view).deprecation is not None

    def get_tags(self):
        return [getattr(self.view, "tag", None) or super().get_tags()[0]]
