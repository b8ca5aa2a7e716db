"""Requests that are answered without being worked on, and what they are told."""

from django.utils.translation import gettext_lazy as _

from clusterportal.core.outages import RETRY_AFTER

REFUSED = "clusterportal.refused"  # in the environment of a request: the status with which it is refused
TITLES = {
    408: _("The connection is too slow"),
    413: _("Too large"),
    503: _("Very busy at the moment"),
}
DETAILS = {
    408: _("What was sent did not arrive in time. Nothing of it was kept. Please send it again."),
    413: _(
        "What was sent is larger than the portal takes. Nothing of it was kept. Please send less at once."
    ),
    503: _(
        "More is asked for at the moment than the portal can answer. Nothing was done with this request. "
        "Please try again in some seconds."
    ),
}


def headers_of(status: int) -> dict[str, str]:
    """When to come again, where that helps (RFC 9110, 10.2.3); and that caches shall not keep the refusal."""
    again = {} if status == 413 else {"Retry-After": str(RETRY_AFTER)}
    return again | {"Cache-Control": "no-store"}
