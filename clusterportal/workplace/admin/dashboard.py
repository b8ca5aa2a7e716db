"""The first page of the admin: what each room has to say there, put together."""

from django.utils.translation import gettext as _

from actors.admin.dashboard import add_latest, add_registry
from clusterportal.enquiries.admin import attention as enquiries
from clusterportal.newsletters.admin.sending import attention as newsletters
from clusterportal.partners.admin.webhooks import attention as webhooks
from clusterportal.quality.admin.attention import attention as quality
from clusterportal.review.admin.attention import attention as review
from clusterportal.teamwork.admin.attention import attention as teamwork


def dashboard_callback(request, context: dict) -> dict:
    """Adds the registry's numbers, what needs attention and the latest changes, as far as the reader may see them.

    People who wait come first, then what is wrong, then what is missing.
    """
    context["title"] = _("Dashboard")
    add_registry(request, context)
    if "tasks" in context:
        context["tasks"] = [
            *review(request.user),
            *enquiries(request.user),
            *newsletters(request.user),
            *teamwork(request.user),
            *quality(request.user),
            *webhooks(request.user),
            *context["tasks"],
        ]
    add_latest(request, context)
    return context
