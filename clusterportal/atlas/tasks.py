"""Background jobs of the room. An atlas takes a processor for seconds, so one lock lets only one be set at a time."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clusterportal.atlas.domain import kept_atlases, own_atlases
from clusterportal.atlas.filters import chosen
from clusterportal.atlas.models import Atlas
from clusterportal.atlas.querysets import MAKE
from clusterportal.core.jobs import AFTER_OUTAGE

_NIGHT_ENDS = 5  # o'clock


@app.task(name=MAKE, lock=MAKE, retry=AFTER_OUTAGE)
def make(*, atlas_id: int) -> None:
    """One that somebody asked for, or a ready one that is out of date. A second run makes the file anew."""
    if atlas := Atlas.objects.select_related("cluster").filter(pk=atlas_id).first():
        own_atlases.produce(atlas, choose=chosen)


@app.periodic(cron="23 * * * *")
@app.task(name="atlas.keep_ready", queueing_lock="atlas.keep_ready")
def keep_ready(timestamp: int) -> None:
    """Every hour: what broke off is said to have, what may not be given out any more goes.

    Ready ones are made that lack or, by night, are old.
    """
    own_atlases.end_abandoned(Atlas.objects.asked_for())
    own_atlases.forget_old()
    kept_atlases.forget_unwanted()
    for atlas in kept_atlases.due(is_night=timezone.localtime().hour < _NIGHT_ENDS):
        with suppress(AlreadyEnqueued), transaction.atomic():
            make.configure(queueing_lock=f"{MAKE}.{atlas.pk}").defer(atlas_id=atlas.pk)


def start(*, query: str, language: str, by) -> Atlas:
    """Note what `by` asks for, and let a job make it. Raises BadSelection, NotNow, PermissionDenied."""
    atlas = own_atlases.ask(query=query, language=language, by=by, choose=chosen)
    make.defer(atlas_id=atlas.pk)
    return atlas
