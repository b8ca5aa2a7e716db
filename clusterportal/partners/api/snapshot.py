"""The snapshot: every public record of one moment, with the cursor from which the feed goes on."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema

from clusterportal.core.api.formats import WholeListFormat
from clusterportal.core.api.serializers import moment_text
from clusterportal.core.api.views import PublicView
from clusterportal.partners.api.state import current_state
from clusterportal.partners.domain import feed
from clusterportal.partners.domain.records import KINDS, as_json, records
from clusterportal.tables.writer import in_blocks


class NdjsonFormat(WholeListFormat):
    media_type = "application/x-ndjson"
    format = "ndjson"


class SnapshotView(PublicView):
    """One line for the moment, then one for each public record: layers, areas, clusters, topics, actors, relations."""

    about = _("All public records of one moment, with the cursor that they fit")
    tag = "partners"
    renderer_classes = [NdjsonFormat]

    @extend_schema(responses={(200, NdjsonFormat.media_type): {"type": "string"}})
    def get(self, request):
        current_state()
        lines = (line.decode() + "\n" for line in _lines(self.addresses.base))
        body = [] if request.method == "HEAD" else in_blocks(lines)
        return StreamingHttpResponse(
            body,
            content_type=NdjsonFormat.media_type,
            headers={
                "Content-Disposition": 'attachment; filename="snapshot.ndjson"',
                "Cache-Control": "no-cache",
            },
        )


def _lines(base: str) -> Iterator[bytes]:
    """The lines, read in one transaction that sees one moment. What is not numbered yet comes in the feed again."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        now = feed.state()
        keys = {
            object: list(kind.public().order_by("pk").values_list("pk", flat=True))
            for object, kind in KINDS.items()
        }
        yield as_json(
            {
                "cursor": feed.cursor_at(now.epoch, now.position),
                "at": moment_text(timezone.now()),
                "counts": {object.value: len(found) for object, found in keys.items()},
            }
        )
        for object, found in keys.items():
            for _key, record in records(object, found, base=base):
                yield as_json({"object": object.value, "data": record})
