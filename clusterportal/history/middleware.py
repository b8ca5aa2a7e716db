"""Who is acting: stored with every change that a request makes."""

from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware

from clusterportal.core.logs import without_tokens


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
