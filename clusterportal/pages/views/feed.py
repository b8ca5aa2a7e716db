"""A search as a feed: which actors are new among its hits."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.filters import ActorFilterSet
from clusterportal.pages.presenters.active_filters import chips
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow
from clusterportal.pages.presenters.atom import Feed

MOST_ENTRIES = 50
_DATES = ("uid", "published_at", "public_updated_at")


def directory_feed(request) -> HttpResponse:
    """The hits that were published last, in Atom (RFC 4287), under the filters of the directory; 400 for bad values.

    Readers tell by its id whether they know an entry. A change does not bring an actor to the top, so that an import
    which changes everybody is no news; who fits only since a change is an entry of a search of up to 50 hits.
    """
    filterset = ActorFilterSet(request.GET, taxonomy=Taxonomy())
    if not filterset.is_valid():
        return HttpResponse(_reasons(filterset), status=400, content_type="text/plain; charset=utf-8")
    names = [chip.label for chip in chips(filterset, request.GET)]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    feed = Feed(
        title=" – ".join([", ".join(names) or _("Actors"), settings.SITE_NAME]),
        link=request.build_absolute_uri(f"{reverse('actors:actor-list')}{query}"),
        description="",  # which Atom calls the subtitle
        subtitle=_("The actors that were published last under these filters, at most %(number)s.")
        % {"number": MOST_ENTRIES},
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_url=request.build_absolute_uri(),
    )
    newest = narrow(filterset.selection.actors, also=_DATES).order_by("-published_at", "-pk")
    for row in as_rows(newest[:MOST_ENTRIES], filterset.taxonomy):
        feed.add_item(**_entry(row, request))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entry(row: ActorRow, request) -> dict:
    """What a feed says of an actor; of its people nothing."""
    actor = row.actor
    where = ", ".join(filter(None, [actor.get_kind_display(), actor.city]))
    return {
        "title": str(actor),
        "link": request.build_absolute_uri(actor.get_absolute_url()),
        "unique_id": f"urn:uuid:{actor.uid}",
        "description": escape(". ".join(filter(None, [where, actor.summary]))),
        "pubdate": actor.published_at,
        "updateddate": actor.public_updated_at,
        "categories": [layer.name for layer in row.layers] + [area.name for area in row.areas],
    }


def _reasons(filterset) -> str:
    """What is wrong with the filters, a line each."""
    fields = filterset.form.fields
    return "\n".join(
        f"{fields[name].label}: {text}" for name, texts in filterset.form.errors.items() for text in texts
    )
