"""The state of the feed as a client asks for it."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.models import FeedState


class NotReady(APIException):
    status_code = 503
    default_detail = _("The list of changes is being made. Please ask again in some minutes.")


def current_state() -> FeedState:
    """Where the feed stands, with what has become visible by now unless that is much. Raises NotReady."""
    sequence(at_most=feed.AT_MOST)
    try:
        return feed.state()
    except feed.NotBegun:
        raise NotReady from None
