"""How an endpoint describes itself in the OpenAPI schema."""

from drf_spectacular.openapi import AutoSchema


class PublicSchema(AutoSchema):
    """Takes the query parameters from the view, which checks requests against the same list."""

    def get_override_parameters(self):
        return self.view.documented_parameters()

    def _get_filter_parameters(self):
        return []

    def get_summary(self):
        """`about` of the view, by action where it has several."""
        about = getattr(self.view, "about", "")
        return about[self.view.action] if isinstance(about, dict) else about

    def get_description(self):
        return ""

    def get_tags(self):
        return [getattr(self.view, "tag", None) or super().get_tags()[0]]
