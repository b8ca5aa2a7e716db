"""While an actor is typed: whether the registry may have it already, and whether its website answers."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import URLField
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from actors.models import Actor
from actors.rules import can_edit
from clusterportal.core.sent_numbers import sent_number
from clusterportal.intake.identity.search import likely_matches
from clusterportal.quality.domain.fetching import Fetcher
from clusterportal.quality.domain.link_checks import look, user_agent
from clusterportal.quality.domain.robots import Robots
from clusterportal.quality.enums import LinkStatus
from clusterportal.quality.forms import COMPARED

SHORTEST_NAME = 3  # characters from which a name is compared
SECONDS = 8  # that the person waits for a website at most
LONGEST_COMPARED_TEXT = 500  # characters of a field that are compared
_LOOKING = ThreadPoolExecutor(4, thread_name_prefix="website")  # websites that one process looks at at once


class WarnsWhileTyping(ModelAdmin):
    """For the admin of actors; whoever runs no script is warned when they save."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("likely/", view(self.likely_view), name="actors_actor_likely"),
            path("website/", view(self.website_view), name="actors_actor_website"),
            *super().get_urls(),
        ]

    def likely_view(self, request):
        """The actors that the typed one may be, as a part of its page; nothing where there are none."""
        _only_for_those_who_write(request)
        said = {name: _clean(request.GET.get(name, "")) for name in COMPARED}
        if len(said["name"]) < SHORTEST_NAME:
            return HttpResponse()
        actors = Actor.objects.visible_to(request.user)
        if own := sent_number(request.GET.get("own")):
            actors = actors.exclude(pk=own)
        likely = likely_matches(actors, **said, others=[_clean(request.GET.get("short_name", ""))])
        context = {"likely": likely}
        return HttpResponse(render_to_string("admin/quality/_typed_likely.html", context) if likely else "")

    def website_view(self, request):
        """What a visitor of the typed address would probably see; only looked at when it is sent."""
        _only_for_those_who_write(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        field = URLField(max_length=LONGEST_COMPARED_TEXT, required=False, assume_scheme="https")
        try:
            url = field.clean(request.POST.get("website", ""))
        except ValidationError as error:
            return JsonResponse({"text": " ".join(error.messages), "is_warning": True})
        status, reason = _look(url) if url else ("", "")
        return JsonResponse(_said(status, reason))


def _only_for_those_who_write(request) -> None:
    if not can_edit(request.user):
        raise PermissionDenied


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_COMPARED_TEXT]


def _look(url: str) -> tuple[str, str]:
    fetcher = Fetcher(user_agent())
    try:
        found = _LOOKING.submit(look, url, fetcher=fetcher, robots=Robots(fetcher)).result(timeout=SECONDS)
    except TooLate:
        return LinkStatus.FAILING, "no answer in time"
    return found.status, found.final_url or found.reason


def _said(status: str, detail: str) -> dict:
    """The finding as a sentence; of what cannot be judged from here, nothing is said."""
    if status == LinkStatus.FAILING:
        text = _("This website does not answer: %(reason)s.") % {"reason": _(detail)}
    elif status == LinkStatus.MOVED:
        text = _("This website has moved to %(address)s.") % {"address": detail}
    elif status == LinkStatus.REFUSED:
        text = _("This address leads to no public website.")
    elif status == LinkStatus.OK:
        return {"text": _("The website answers."), "is_warning": False}
    else:
        return {"text": "", "is_warning": False}
    return {"text": text, "is_warning": True}
