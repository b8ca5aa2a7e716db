"""What calendars are told of events that everybody saw and that are gone."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of_or_blank
from clusterportal.core.languages import translated
from clusterportal.newsroom.enums import EventKind
from clusterportal.newsroom.models.times import last_day_of
from clusterportal.newsroom.querysets import WithdrawnEventQuerySet


class WithdrawnEvent(models.Model):
    """As everybody last saw it, so that a draft that is edited afterwards tells nothing.

    A trigger of the contribution keeps it, whoever writes: it comes when an event that is not over is withdrawn,
    disappears or is deleted, and goes when the event appears again.
    """

    uid = models.UUIDField(unique=True, editable=False)
    slug = models.SlugField(max_length=120, db_index=False)  # under which the calendar of this one event was
    sequence = models.PositiveIntegerField()
    title = translated(models.CharField(_("headline"), max_length=200, blank=True))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    is_all_day = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField()
    # By which calendars were chosen: keys of those that it named.
    event_kind = models.CharField(max_length=13, choices=EventKind, blank=True)
    clusters = ArrayField(models.BigIntegerField(), default=list)
    areas = ArrayField(models.BigIntegerField(), default=list)
    actors = ArrayField(models.BigIntegerField(), default=list)

    objects = WithdrawnEventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [one_of_or_blank("event_kind", EventKind, table="withdrawnevent")]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        return last_day_of(self.starts_at, self.ends_at)
