"""The content security policy: one for the public pages, a slightly wider one for the admin."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings

ADMIN_PREFIX = "/admin/"
# Embed pages alone may stand in the frames of other sites.
FRAMED = {"frame-ancestors": ["*"]}


class ContentSecurity(CSPMiddleware):
    """Policies by address: what the admin's library needs is opened there and nowhere else."""

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN_PREFIX) and not parts.replace:
            parts.replace = settings.ADMIN_CONTENT_SECURITY
        return parts
