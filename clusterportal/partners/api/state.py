"""The state of the feed as a client asks for it, and the cursor that the client brings."""

from django.db import connection
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.parameters import parameter
from clusterportal.core.api.problems import Gone, InvalidParameters
from clusterportal.core.api.views import PublicView
from clusterportal.partners.domain import feed
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.models import FeedState

SINCE = parameter(
    "since",
    _(
        "Entries after this cursor, as `next_cursor`, an entry or a snapshot gave it. Empty: from the beginning. "
        "Entries are kept for 400 days; an older cursor is answered by 410, with the address of the snapshot."
    ),
    {"type": "string", "minLength": 0, "maxLength": feed.CURSOR_LENGTH},
)


RETRY_AFTER = 30  # seconds


class FeedView(PublicView):
    """An endpoint of the feed. One that has no time now says when to come again."""

    tag = "partners"

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 503:
            response.headers.setdefault("Retry-After", str(RETRY_AFTER))
        return response


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


def position_of(cursor: str, now: FeedState, addresses: Addresses, *, name: str = "since") -> int:
    """The position of a cursor that the client gave as `name`. Raises InvalidParameters, and Gone with the way back."""
    try:
        return feed.position_of(cursor, now)
    except ValueError:
        raise InvalidParameters({name: [_("This is no cursor of this feed.")]}) from None
    except feed.Expired:
        raise Gone(
            _(
                "This cursor is older than the feed goes back, or of a registry that has been restored since. "
                "Take a new copy from `snapshot`, and go on from the cursor in its first line."
            ),
            snapshot=addresses.of("api:snapshot"),
        ) from None


def let_go_of_database() -> None:
    """Close the connection of this thread, which waits for a while; the next question opens another one."""
    if not connection.in_atomic_block:
        connection.close()
