"""The snapshot: every public record of one moment, with the cursor from which the feed goes on."""

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema

from clusterportal.core.api.credentials import may_read_contacts
from clusterportal.core.api.formats import WholeListFormat
from clusterportal.core.turns import costly
from clusterportal.partners.api.documentation import BUSY, LINES
from clusterportal.partners.api.state import FeedView, current_state
from clusterportal.partners.domain.snapshots import snapshot
from clusterportal.tables.writer import in_blocks


class NdjsonFormat(WholeListFormat):
    media_type = "application/x-ndjson"
    format = "ndjson"


@costly
class SnapshotView(FeedView):
    """One line for the moment, then one for each public record: layers, areas, clusters, topics, actors, relations."""

    about = _("All public records of one moment, with the cursor that they fit")
    renderer_classes = [NdjsonFormat]

    @extend_schema(responses={(200, NdjsonFormat.media_type): LINES, **BUSY})
    def get(self, request):
        current_state()
        lines = snapshot(base=self.addresses.base, with_contacts=may_read_contacts(request))
        body = [] if request.method == "HEAD" else in_blocks(line.decode() for line in lines)
        return StreamingHttpResponse(
            body,
            content_type=NdjsonFormat.media_type,
            headers={
                "Content-Disposition": 'attachment; filename="snapshot.ndjson"',
                "Cache-Control": "no-cache",
            },
        )
