"""A snapshot: every public record of one moment, a line of JSON each, and the cursor from which the feed goes on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from clusterportal.core.api.serializers import moment_text
from clusterportal.core.licence import attribution, data_licence
from clusterportal.partners.domain import feed
from clusterportal.partners.domain.isolation import seeing_one_moment
from clusterportal.partners.domain.public_records import KINDS, as_json, records
from clusterportal.partners.enums import FeedObject
from clusterportal.partners.models import ToldRecord


@dataclass(frozen=True)
class Moment:
    """What a snapshot is of."""

    at: datetime
    epoch: str
    position: int  # where the feed stood
    counts: dict[str, int]  # records by kind


def snapshot(
    *, base: str, with_contacts: bool, tell: Callable[[Moment], object] = lambda moment: None
) -> Iterator[bytes]:
    """The lines, read in one transaction that sees one moment, which `tell` is told before the first line.

    It holds what the feed has told of. A record that is public and has no number yet comes in the feed; were it here
    already and gone again before it got one, nobody would be told that it went. Raises feed.NotBegun.
    """
    with seeing_one_moment(is_read_only=True):
        now = feed.state()
        keys = {
            object: list(
                kind.public().filter(pk__in=_told(object)).order_by("pk").values_list("pk", flat=True)
            )
            for object, kind in KINDS.items()
        }
        counts = {object.value: len(found) for object, found in keys.items()}
        moment = Moment(timezone.now(), now.epoch, now.position, counts)
        tell(moment)
        yield _first_line(moment)
        for object, found in keys.items():
            for _key, record in records(object, found, base=base, with_contacts=with_contacts):
                yield as_json({"object": object.value, "data": record}) + b"\n"


def _told(object: FeedObject) -> QuerySet:
    return ToldRecord.objects.filter(object=object).values("key")


def _first_line(moment: Moment) -> bytes:
    licence = data_licence()
    first = {
        "cursor": feed.cursor_at(moment.epoch, moment.position),
        "at": moment_text(moment.at),
        "counts": moment.counts,
        "licence": licence.code,
        "licence_url": licence.url,
        "attribution": attribution(),
    }
    return as_json(first) + b"\n"
