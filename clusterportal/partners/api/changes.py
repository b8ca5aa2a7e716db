"""The change feed: what partner sites ask to stay in step with the registry."""

import threading
import time

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clusterportal.core.api.credentials import may_read_contacts
from clusterportal.core.api.parameters import parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.serializers import MomentField, PublicSerializer, optional
from clusterportal.core.turns import LONG_POLLS
from clusterportal.partners.api.documentation import BUSY, ENTRY, EXPIRED
from clusterportal.partners.api.state import SINCE, FeedView, current_state, let_go_of_database, position_of
from clusterportal.partners.domain import feed
from clusterportal.partners.domain.entries import as_told
from clusterportal.partners.domain.listening import news
from clusterportal.partners.domain.public_records import KINDS, records
from clusterportal.partners.enums import FeedObject, Operation
from clusterportal.partners.models import ToldRecord

USUAL_ENTRIES, MOST_ENTRIES = 100, 1000
LONGEST_WAIT = 25  # seconds; proxies give up after 30
_waiting = threading.BoundedSemaphore(LONG_POLLS)

LIMITED = parameter(
    "limit",
    _(
        "About how many entries, 100 by default and at most 1000: a page ends with a transaction, so that it may "
        "hold more."
    ),
    {"type": "integer", "minimum": 1, "maximum": MOST_ENTRIES},
    example=500,
)
LATEST = parameter("latest", _("1: of each record only its last entry."), enum=["1"])
INCLUDE = parameter(
    "include",
    _(
        "`record`: each entry carries the public record as it is now, in every language; null where there is none."
    ),
    enum=["record"],
)
WAIT = parameter(
    "wait",
    _("Seconds to wait for an entry where there is none yet. The answer may come earlier without one."),
    {"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT},
    example=20,
)


class EntrySerializer(PublicSerializer):
    """One change of one public record. It names fields and holds no values."""

    cursor = serializers.CharField(read_only=True)
    at = MomentField()
    object = serializers.ChoiceField(FeedObject.choices, read_only=True)
    uid = serializers.UUIDField(read_only=True)
    slug = optional()
    op = serializers.ChoiceField(Operation.choices, read_only=True)
    url = optional(serializers.URLField)
    merged_into = optional(serializers.UUIDField)
    # Of the answer: REST framework takes the fields out of the class.
    fields = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(),
        read_only=True,
        help_text=_(
            "Of an update: what is different. None where the record was another one in between and is as before."
        ),
    )


class ChangesSerializer(PublicSerializer):
    changes = EntrySerializer(many=True, read_only=True)
    next_cursor = serializers.CharField(read_only=True)
    has_more = serializers.BooleanField(read_only=True)


_EXAMPLE = OpenApiExample(
    "changes",
    {"changes": [ENTRY], "next_cursor": ENTRY["cursor"], "has_more": False},
    response_only=True,
    status_codes=["200"],
)


class ChangesView(FeedView):
    """Changes of public records in the order in which they became visible."""

    about = _("What has changed since a cursor: the feed that keeps a copy in step")
    serializer_class = ChangesSerializer

    def own_parameters(self) -> list:
        return [SINCE, LIMITED, LATEST, INCLUDE, WAIT]

    @extend_schema(responses={200: ChangesSerializer, **EXPIRED, **BUSY}, examples=[_EXAMPLE])
    def get(self, request):
        params = request.query_params
        limit = _number(params, "limit", USUAL_ENTRIES, 1, MOST_ENTRIES)
        wait = _number(params, "wait", 0, 0, LONGEST_WAIT)
        for name, known in (("latest", ["1"]), ("include", ["record"])):
            if params.get(name, known[0]) not in known:
                raise InvalidParameters({name: [_("Known is: %(known)s.") % {"known": known[0]}]})
        page, epoch = self._page(params.get("since", ""), limit, "latest" in params, wait)
        entries = [as_told(one, epoch, self.addresses) for one in page.entries]
        if params.get("include"):
            self._include_records(page.entries, entries)
        body = {
            "changes": entries,
            "next_cursor": feed.cursor_at(epoch, page.last),
            "has_more": page.has_more,
        }
        # The entries do not hang on the version of the data that kept answers go by.
        return Response(body, headers={"Cache-Control": "no-cache"})

    def _page(self, since: str, limit: int, is_latest: bool, wait: int) -> tuple[feed.Page, str]:
        """The page after `since`, as soon as it has an entry or the time to wait is over."""
        page, epoch = self._page_now(since, limit, is_latest)
        if page.entries or not wait or not _waiting.acquire(blocking=False):
            return page, epoch
        try:
            deadline = time.monotonic() + wait
            while not page.entries and (left := deadline - time.monotonic()) > 0:
                mark = news.mark()
                page, epoch = self._page_now(since, limit, is_latest)
                if not page.entries:
                    let_go_of_database()
                    news.wait(mark, left)
            return page, epoch
        finally:
            _waiting.release()

    def _page_now(self, since: str, limit: int, is_latest: bool) -> tuple[feed.Page, str]:
        now = current_state()
        position = position_of(since, now, self.addresses)
        return feed.page_after(position, now, limit=limit, is_latest=is_latest), now.epoch

    def _include_records(self, entries: list, answers: list[dict]) -> None:
        """Puts the record of today into each answer; the kinds one after the other.

        A record that was withdrawn and is public again is not told of until its own entry says so: whoever took it over
        from an older entry would never hear of it if it went before that.
        """
        found: dict = {}
        may_read = may_read_contacts(self.request)
        for object, kind in KINDS.items():
            uids = {entry.uid for entry in entries if entry.object == object}
            keys = _told(object, kind.public().filter(uid__in=uids)) if uids else []
            found |= {
                (object, record["uid"]): record
                for _key, record in records(object, keys, base=self.addresses.base, with_contacts=may_read)
            }
        for answer in answers:
            answer["record"] = found.get((answer["object"], answer["uid"]))


def _told(object: FeedObject, records) -> list[int]:
    """The keys of those of `records` that the feed says are public."""
    told = ToldRecord.objects.filter(object=object, key__in=records.values("pk"))
    return list(told.order_by("key").values_list("key", flat=True))


def _number(params, name: str, default: int, least: int, most: int) -> int:
    value = int(params.get(name, default))
    if not least <= value <= most:
        raise InvalidParameters(
            {name: [_("Give a number from %(least)s to %(most)s.") % {"least": least, "most": most}]}
        )
    return value
