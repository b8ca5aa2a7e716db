"""Programmes and their events, with the slots in which talks take place."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.clusters.models import ClusterRecord
from clusterportal.core.constraints import check_day, has_an_address, one_of, plausible_day
from clusterportal.core.languages import translated
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from clusterportal.matchmaking.enums import EventKind
from clusterportal.matchmaking.querysets import EventQuerySet, OfEventQuerySet

MOST_TABLES = 200  # in one slot
LONGEST_MEMORY = 24  # months


def check_timezone(name: str) -> None:
    """Raises ValidationError for a name that is not in the database of time zones."""
    if name not in available_timezones():
        raise ValidationError(_("This time zone is not known: %(name)s") % {"name": name})


@tracked
class Programme(ClusterRecord):
    """Events that are reported together; `documented_*` are totals that a source states."""

    slug = models.SlugField(gettext_lazy("address"), unique=True, max_length=80)
    name = translated(models.CharField(gettext_lazy("name"), max_length=160), required=True)
    description = translated(models.TextField(gettext_lazy("description"), blank=True))
    documented_events = models.PositiveIntegerField(
        gettext_lazy("events, as documented"), null=True, blank=True
    )
    documented_participations = models.PositiveIntegerField(
        gettext_lazy("participations, as documented"), null=True, blank=True
    )
    documented_talks = models.PositiveIntegerField(
        gettext_lazy("company talks, as documented"), null=True, blank=True
    )
    documented_projects = models.PositiveIntegerField(
        gettext_lazy("cooperation projects started, as documented"), null=True, blank=True
    )
    source = models.CharField(gettext_lazy("source"), max_length=400, blank=True)

    class Meta(ClusterRecord.Meta):
        ordering = ["slug"]
        verbose_name = gettext_lazy("programme")
        verbose_name_plural = gettext_lazy("programmes")
        constraints = [has_an_address("programme")]

    def __str__(self) -> str:
        return self.name


@tracked
class Event(ClusterRecord):
    """A matchmaking, or a visit to a company. What state it is in follows from dates and plans."""

    programme = models.ForeignKey(
        Programme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=gettext_lazy("programme"),
    )
    kind = models.CharField(
        gettext_lazy("kind"), max_length=14, choices=EventKind, default=EventKind.MATCHMAKING
    )
    slug = models.SlugField(gettext_lazy("address"), unique=True, max_length=80)
    title = translated(models.CharField(gettext_lazy("title"), max_length=200), required=True)
    description = translated(models.TextField(gettext_lazy("description"), blank=True))
    day = models.DateField(gettext_lazy("day"), null=True, blank=True, validators=[check_day])
    place = models.CharField(gettext_lazy("place"), max_length=200, blank=True)
    timezone = models.CharField(
        gettext_lazy("time zone"),
        max_length=40,
        default="Europe/Berlin",
        validators=[check_timezone],
        help_text=gettext_lazy("All times of the event are stated in it: Europe/Berlin."),
    )
    opened_on = models.DateField(
        gettext_lazy("registration from"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty: nobody can register."),
    )
    wishes_until = models.DateField(gettext_lazy("registration and wishes until"), null=True, blank=True)
    rest_after = models.PositiveSmallIntegerField(
        gettext_lazy("rest after"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=gettext_lazy("Talks in a row after which everybody rests for a slot. Empty: no rest."),
    )
    forget_after = models.PositiveSmallIntegerField(
        gettext_lazy("months until people are forgotten"),
        default=6,
        validators=[MaxValueValidator(LONGEST_MEMORY)],
        help_text=gettext_lazy(
            "After the event names, addresses and wishes are erased; figures stay. At most 24 months."
        ),
    )
    topic = translated(models.CharField(gettext_lazy("topic"), max_length=200, blank=True))
    result = translated(models.TextField(gettext_lazy("result"), blank=True))
    source = models.CharField(gettext_lazy("source"), max_length=400, blank=True)
    counted_participations = models.PositiveIntegerField(
        gettext_lazy("participations, counted elsewhere"), null=True, blank=True
    )
    counted_talks = models.PositiveIntegerField(
        gettext_lazy("talks, counted elsewhere"), null=True, blank=True
    )
    counted_projects = models.PositiveIntegerField(
        gettext_lazy("projects started, counted elsewhere"), null=True, blank=True
    )

    objects = EventQuerySet.as_manager()  # type: ignore[misc]  # as Django documents it

    class Meta(ClusterRecord.Meta):
        ordering = ["-day", "slug"]
        verbose_name = gettext_lazy("event")
        verbose_name_plural = gettext_lazy("events")
        constraints = [
            has_an_address("event"),
            one_of("kind", EventKind, table="event"),
            plausible_day("day", table="event"),
            models.CheckConstraint(
                condition=Q(forget_after__lte=LONGEST_MEMORY), name="event_forgets_within_two_years"
            ),
            models.CheckConstraint(
                condition=Q(wishes_until=None) | Q(day=None) | Q(wishes_until__lte=models.F("day")),
                name="event_wishes_end_before_it",
                violation_error_message=gettext_lazy("Wishes end on the day of the event at the latest."),
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(day__isnull=False, wishes_until__isnull=False),
                name="event_open_has_a_day",
                violation_error_message=gettext_lazy(
                    "Before registration opens, the event needs a day and an end of wishes."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self):
        super().clean()
        if self.programme and self.programme.cluster_id != self.cluster_id:
            raise ValidationError({"programme": _("This programme belongs to another cluster.")})
        if self.pk and self.day is None and self.participations.exists():
            text = _("Somebody is registered: the event keeps a day, after which people are forgotten.")
            raise ValidationError({"day": text})


@tracked
class Slot(Recorded):
    """A time in which talks take place, at so many tables."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="slots", verbose_name=gettext_lazy("event"))
    is_next_day = models.BooleanField(gettext_lazy("after midnight"), default=False)
    starts = models.TimeField(gettext_lazy("begins"))
    minutes = models.PositiveSmallIntegerField(
        gettext_lazy("minutes"), default=20, validators=[MinValueValidator(5)]
    )
    tables = models.PositiveSmallIntegerField(
        gettext_lazy("tables"), default=1, validators=[MaxValueValidator(MOST_TABLES)]
    )

    objects = OfEventQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["event", "is_next_day", "starts"]
        verbose_name = gettext_lazy("slot")
        verbose_name_plural = gettext_lazy("slots")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "is_next_day", "starts"],
                name="slot_begins_once",
                violation_error_message=gettext_lazy("Another slot begins at the same time."),
            ),
            models.CheckConstraint(condition=Q(tables__lte=MOST_TABLES), name="slot_tables_at_most_200"),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}"

    @property
    def cluster_id(self) -> int:
        return self.event.cluster_id

    @property
    def begins_at(self) -> datetime:
        """With the event's zone; the event has a day."""
        assert self.event.day is not None
        day = self.event.day + timedelta(days=self.is_next_day)
        return datetime.combine(day, self.starts, ZoneInfo(self.event.timezone))

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=self.minutes)

    def clean(self):
        """No fewer tables than talks that were announced."""
        super().clean()
        if self.pk and self.tables is not None:
            talks = self.talks.standing()
            if len(talks) > self.tables:
                named = ", ".join(str(talk) for talk in talks)
                raise ValidationError(
                    {
                        "tables": _(
                            "%(count)d talks are announced in this slot: %(talks)s. Cancel one of them first."
                        )
                        % {"count": len(talks), "talks": named}
                    }
                )
