"""Dated dumps for download, with checksum and licence."""

import base64
import re
from collections.abc import Iterator
from datetime import date
from typing import IO

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from clusterportal.core.api.formats import WholeListFormat
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA, Gone
from clusterportal.core.api.serializers import MomentField, PublicSerializer
from clusterportal.core.licence import attribution, data_licence
from clusterportal.partners.api.documentation import BUSY
from clusterportal.partners.api.state import FeedView, NotReady, current_state
from clusterportal.partners.domain import dumps, feed
from clusterportal.partners.models import Dump

_BLOCK = 1 << 16  # bytes
_RANGE = re.compile(
    r"bytes=(\d{0,15})-(\d{0,15})"
)  # one range; of several the whole file is sent, as one may


class DumpSerializer(PublicSerializer):
    """A dump: its day, how to check what was downloaded, and the cursor from which the feed goes on."""

    date = serializers.DateField(read_only=True)
    at = MomentField()
    url = serializers.URLField(read_only=True)
    size = serializers.IntegerField(read_only=True, min_value=0)
    sha256 = serializers.CharField(read_only=True)
    cursor = serializers.CharField(read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    licence = serializers.CharField(read_only=True)
    licence_url = serializers.URLField(read_only=True)
    attribution = serializers.CharField(read_only=True)


class DumpsSerializer(PublicSerializer):
    dumps = DumpSerializer(many=True, read_only=True)


class DumpsView(FeedView):
    """The dumps that may be downloaded, the newest first."""

    about = _("Dated dumps of all public records, with checksum and licence")

    @extend_schema(responses={200: DumpsSerializer, **BUSY})
    def get(self, request):
        licence = data_licence()
        found = [
            {
                **{name: getattr(dump, name) for name in ("date", "at", "size", "sha256", "counts")},
                "url": self.addresses.of("api:dump-detail", str(dump)),
                "cursor": feed.cursor_at(dump.epoch, dump.position),
                "licence": licence.code,
                "licence_url": licence.url,
                "attribution": attribution(),
            }
            for dump in _offered()
        ]
        return Response(DumpsSerializer({"dumps": found}).data, headers={"Cache-Control": "no-cache"})


class GzipFormat(WholeListFormat):
    media_type = "application/gzip"
    format = "gz"


class DumpView(FeedView):
    """The file of one day: the lines of a snapshot, compressed. Ranges of bytes go on with a broken download."""

    about = _("The dump of one day")
    renderer_classes = [GzipFormat]

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "Range",
                str,
                OpenApiParameter.HEADER,
                description=_("Only this part of the file, `bytes=1000-` for example."),
            ),
        ],
        responses={
            (200, GzipFormat.media_type): OpenApiTypes.BINARY,
            (206, GzipFormat.media_type): OpenApiTypes.BINARY,
            416: OpenApiResponse(description=_("The file is shorter than this.")),
            (410, CONTENT_TYPE): OpenApiResponse(
                PROBLEM_SCHEMA, _("A record in this dump is no longer public; a newer one is in the list.")
            ),
            **BUSY,
        },
    )
    def get(self, request, slug: str):
        dump = _of_day(slug)
        if dump not in _offered():
            raise Gone(
                _("Something in this dump is no longer public. A newer one is in the list."),
                dumps=self.addresses.of("api:dumps"),
            )
        headers = {
            "Accept-Ranges": "bytes",
            "Cache-Control": "no-cache",
            "Content-Disposition": f'attachment; filename="{dump.name}"',
            "ETag": f'"{dump.sha256}"',
            "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(dump.sha256)).decode()}:",  # RFC 9530
        }
        first, last = _asked(request, headers["ETag"], dump.size)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{dump.size}"})
        length = last - first + 1
        headers["Content-Length"] = str(length)
        if length < dump.size:
            headers["Content-Range"] = f"bytes {first}-{last}/{dump.size}"
        parts = [] if request.method == "HEAD" else _parts(dumps.storage().open(dump.name), first, length)
        return StreamingHttpResponse(
            parts,
            status=206 if length < dump.size else 200,
            headers=headers,
            content_type=GzipFormat.media_type,
        )


def _of_day(day: str) -> Dump:
    try:
        return Dump.objects.get(date=date.fromisoformat(day))
    except (ValueError, Dump.DoesNotExist):
        raise Http404 from None


def _offered() -> list[Dump]:
    current_state()  # so that what has just been withdrawn counts
    try:
        return dumps.offered()
    except feed.NotBegun:
        raise NotReady from None


def _asked(request, etag: str, size: int) -> tuple[int, int]:
    """The first and the last byte asked for (RFC 9110, 14); the first is beyond the last where there are none."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    is_meant = request.headers.get("If-Range", etag) == etag  # otherwise of another file than this one
    if not asked or not is_meant or not any(asked.groups()):
        return 0, size - 1
    begin, end = asked.groups()
    if not begin:  # the last so many bytes
        return (max(0, size - int(end)), size - 1) if int(end) else (size, size - 1)
    if end and int(end) < int(begin):  # no range at all
        return 0, size - 1
    return int(begin), min(int(end or size), size - 1)


def _parts(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length and (part := file.read(min(_BLOCK, length))):
            length -= len(part)
            yield part
