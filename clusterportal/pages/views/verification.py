"""The link of a reminder: one click says that the entry is still right."""

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.quality.domain.reminders import confirm, reminder_for


# The signed link itself is the permission to confirm, so a forged request gains nothing.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class VerifyView(View):
    """Mail scanners open links too: a GET counts only when the browser says that a person followed it."""

    def dispatch(self, request, token):
        try:
            self.reminder = reminder_for(token)
        except ExpiredLink:
            return _private(render(request, "pages/verify_expired.html", status=410))
        except BadLink:
            return _private(render(request, "pages/verify_bad.html", status=404))
        return super().dispatch(request)

    def get(self, request):
        if request.method == "GET" and request.headers.get("Sec-Fetch-User") == "?1":
            return self.post(request)
        return self._show(request)

    def post(self, request):
        confirm(reminder=self.reminder)
        self.reminder.refresh_from_db()
        return self._show(request)

    def _show(self, request):
        context = {
            "actor": self.reminder.actor,
            "is_confirmed": self.reminder.answered_at is not None,
            "propose": _page_for_changes(self.reminder.actor),
        }
        return _private(render(request, "pages/verify.html", context))


def _page_for_changes(actor) -> str:
    """The page for proposing changes; empty if the portal takes no proposals or the entry is not public."""
    try:
        return reverse("pages:propose-change", args=[actor.slug]) if actor.is_published else ""
    except NoReverseMatch:
        return ""


def _private(response):
    """The address is secret: no other site must get it as referrer."""
    response["Referrer-Policy"] = "no-referrer"
    return response
