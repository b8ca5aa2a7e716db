"""The first page of the admin: what each room has to say there, put together."""

from django.utils.translation import gettext as _

from actors.admin.dashboard import add_latest, add_registry


def dashboard_callback(request, context: dict) -> dict:
    """Adds the registry's numbers, what needs attention and the latest changes, as far as the reader may see them."""
    context["title"] = _("Dashboard")
    add_registry(request, context)
    add_latest(request, context)
    return context
