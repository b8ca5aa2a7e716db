"""The lists of the newsroom to subscribe to: feeds and calendars, under the query string of their page."""

import json
from urllib.parse import urlencode
from uuid import uuid5

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from clusterportal.core.calendars import MEDIA_TYPE
from clusterportal.newsroom.domain.calendars import MOST_EVENTS, calendar_of
from clusterportal.newsroom.domain.wording import headline_of
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.filters import ContributionFilterSet, EventFilterSet
from clusterportal.newsroom.models import Contribution, WithdrawnEvent
from clusterportal.pages.models import FeedNamespace
from clusterportal.pages.presenters.actor_rows import page_of
from clusterportal.pages.presenters.contribution_feed import Page, as_atom, as_json, entries_of
from clusterportal.pages.views.contribution import shown_at

PER_PAGE = 50
_FOR_ALL = {"Access-Control-Allow-Origin": "*"}  # pages of other sites read them too


class FeedView(View):
    """What readers were told of last, at most 50 on a page; 400 for bad values, 404 for pages that are not there."""

    http_method_names = ["get", "head", "options"]
    filters: type[ContributionFilterSet] = ContributionFilterSet
    heading = ""

    def get(self, request):
        filterset = self.filters(request.GET)
        if not filterset.is_valid():
            return _plain(filterset.reasons, 400)
        contributions = filterset.qs.announced_first().with_parts()
        found, exists = page_of(contributions, request.GET.get("page"), per_page=PER_PAGE)
        if not exists:
            return _plain(_("There is no such page."), 404)
        return self.answer(
            Page(
                id=_id(request.path, filterset),
                title=_name(filterset, self.heading),
                subtitle=_("What was announced last under these filters."),
                home=request.build_absolute_uri(_with_filters("./", request)),
                url=request.build_absolute_uri(),
                next_url=request.build_absolute_uri(
                    _with_filters(request.path, request, page=found.next_page_number())
                )
                if found.has_next()
                else "",
                entries=entries_of(found, request),
            )
        )

    def answer(self, page: Page) -> HttpResponse:
        raise NotImplementedError


class AtomView(FeedView):
    def answer(self, page):
        return HttpResponse(as_atom(page), "application/atom+xml; charset=utf-8", headers=_FOR_ALL)


class JsonFeedView(FeedView):
    def answer(self, page):
        text = json.dumps(as_json(page), ensure_ascii=False)
        return HttpResponse(text, "application/feed+json; charset=utf-8", headers=_FOR_ALL)


class CalendarView(View):
    """The events of the portal, or of what the filters choose, to subscribe to; 400 for bad values."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        filterset = EventFilterSet(request.GET)
        if not filterset.is_valid():
            return _plain(filterset.reasons, 400)
        events = filterset.qs.in_calendars().with_names()[:MOST_EVENTS]
        withdrawn = filterset.withdrawn.in_calendars()[:MOST_EVENTS]
        name = _name(filterset, _("Events"))
        return _calendar(request, calendar_of(events, name=name, withdrawn=withdrawn))


class EventCalendarView(View):
    """One event for a calendar; a former address leads to the one of today. One that was withdrawn is cancelled."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, slug):
        events = Contribution.objects.published().of_kind(Kind.EVENT).with_names()
        withdrawn = WithdrawnEvent.objects.in_calendars().filter(slug=slug)[:1]
        if not events.filter(slug=slug).exists() and withdrawn:
            return _calendar(request, calendar_of([], name=str(withdrawn[0]), withdrawn=withdrawn))
        event = shown_at(slug, events, view="pages:event-calendar")
        if isinstance(event, HttpResponse):
            return event
        return _calendar(request, calendar_of([event], name=headline_of(event)))


def _calendar(request, file: bytes) -> HttpResponse:
    name = request.path.rpartition("/")[2]
    return HttpResponse(
        file, MEDIA_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"', **_FOR_ALL}
    )


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, "text/plain; charset=utf-8", status=status)


def _name(filterset: ContributionFilterSet, heading: str) -> str:
    """What was chosen, the list and the portal, in the words of the page."""
    parts = [", ".join(filterset.chosen), str(heading), settings.SITE_NAME]
    return " – ".join(filter(None, parts))


def _id(path: str, filterset: ContributionFilterSet) -> str:
    """An id that neither another address of the portal nor another order of the parameters changes."""
    chosen = sorted(
        (name, value)
        for name, values in filterset.data.lists()
        if name in filterset.filters
        for value in values
    )
    namespace = FeedNamespace.objects.get().uid
    return uuid5(namespace, path + (f"?{urlencode(chosen)}" if chosen else "")).urn


def _with_filters(path: str, request, *, page: int | None = None) -> str:
    """`path` with the query string of the request, for another page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    if page:
        kept["page"] = str(page)
    return f"{path}?{kept.urlencode()}" if kept else path
