from datetime import timedelta
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.atlas.enums import BUSY, AtlasState
from clusterportal.core import job_queue

MAKE = "atlas.make"  # the name of the job that sets an atlas
ABANDONED_AFTER = timedelta(minutes=10)  # longer than any atlas is being set: its job has died


class AtlasQuerySet(QuerySet):
    def standing(self) -> Self:
        """Those kept ready for everybody: of the region and of each cluster."""
        return self.filter(is_standing=True)

    def asked_for(self) -> Self:
        return self.filter(is_standing=False)

    def done(self) -> Self:
        return self.filter(state=AtlasState.DONE)

    def abandoned(self) -> Self:
        """Not heard of for too long, unless their job waits for its turn behind others."""
        jobs = ProcrastinateJob.objects.filter(task_name=MAKE, status=job_queue.WAITING)
        queued = list(jobs.values_list("args__atlas_id", flat=True))
        quiet = self.filter(state__in=BUSY, heard_at__lt=timezone.now() - ABANDONED_AFTER)
        return quiet.exclude(state=AtlasState.WAITING, pk__in=queued)
