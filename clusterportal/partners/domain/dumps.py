"""Dated dumps: the snapshots of past days, for whoever cannot or need not follow the feed.

A dump holds no contacts, and is there only while every record in it is public: when one has been withdrawn or merged
since, or a person erased, the dump goes and a new one of today takes its place within the hour. Otherwise those of
the last seven days stay, and of each of the last twelve months the first.
"""

import gzip
import hashlib
from datetime import date
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.snapshots import Moment, snapshot
from clusterportal.partners.enums import Operation
from clusterportal.partners.models import Dump, FeedEntry

DAYS, MONTHS = 7, 12
_GONE = [Operation.WITHDRAWN, Operation.MERGED]


def storage() -> Storage:
    return storages["dumps"]


def offered() -> list[Dump]:
    """The dumps all of whose records are still public, the newest first. Raises feed.NotBegun."""
    now = feed.state()
    last = FeedEntry.objects.filter(op__in=_GONE, position__gt=0).order_by("-position").first()
    dumps = Dump.objects.filter(epoch=now.epoch, position__gte=last.position if last else 0)
    return [dump for dump in dumps if storage().exists(dump.name)]


def keep_dumps() -> None:
    """Forget the dumps that may not or need not be kept, and write that of today unless it is there."""
    today = timezone.localdate()
    kept = offered()
    if today not in {dump.date for dump in kept}:
        kept.insert(0, _write(today))
    _forget(Dump.objects.exclude(pk__in=[dump.pk for dump in kept if dump.date in _dates(kept)]))


def _dates(kept: list[Dump]) -> set[date]:
    dates = sorted((dump.date for dump in kept), reverse=True)
    firsts = {day.replace(day=1): day for day in dates}  # the earliest of each month comes last
    return {*dates[:DAYS], *sorted(firsts.values(), reverse=True)[:MONTHS]}


def _write(day: date) -> Dump:
    moments: list[Moment] = []
    lines = snapshot(base=settings.SITE_URL, with_contacts=False, tell=moments.append)
    with TemporaryFile() as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6) as packed:
            for line in lines:
                packed.write(line)
        moment = moments[0]
        dump = Dump(
            date=day,
            at=moment.at,
            epoch=moment.epoch,
            position=moment.position,
            counts=moment.counts,
            **_measured(file),
        )
        with transaction.atomic():
            _forget(Dump.objects.filter(date=day))
            dump.save()
            file.seek(0)
            storage().save(dump.name, File(file))
    return dump


def _measured(file: IO[bytes]) -> dict:
    size = file.tell()
    file.seek(0)
    return {"size": size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _forget(dumps) -> None:
    for dump in dumps:
        storage().delete(dump.name)
    dumps.delete()


def forget_all() -> None:
    _forget(Dump.objects.all())
