"""Who is acting: stored with every change that a request makes; and who reads from the replica."""

from django.conf import settings
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware

from clusterportal.core.logs import without_tokens
from clusterportal.core.replica import REPLICA, leave_alone, reading_from_replica
from clusterportal.history.data_version import current_version


class HistoryMiddleware(BaseHistoryMiddleware):
    """Adds the acting user's name to the context, so that history reads well after the account is gone.

    The address is kept without the tokens of personal links.
    """

    def get_context(self, request):
        context = super().get_context(request)
        context["url"] = without_tokens(context["url"])
        if user := getattr(request, "user", None):
            context["username"] = user.get_username() if user.is_authenticated else ""
        return context


class ReadsFromReplica:
    """Visitors without a session and readers of the API are answered by the replica, where there is one and it can.

    Must be the last middleware: should the replica fail, the view is asked again, and nothing else is done twice.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if REPLICA not in settings.DATABASES or not _only_reads(request):
            return self.get_response(request)
        if (version := current_version()) is None:
            return self.get_response(request)
        with reading_from_replica(version) as choice:
            response = self.get_response(request)
        if choice and response.status_code >= 500:
            response.close()
            leave_alone(f"{response.status_code} {request.path}")
            response = self.get_response(request)
        return response


def _only_reads(request) -> bool:
    """Whoever signed in or fills in a form has a cookie of ours and stays on the primary, as do jobs and commands."""
    own = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return request.method in ("GET", "HEAD") and not any(name in request.COOKIES for name in own)
