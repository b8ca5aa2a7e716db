"""One FilterSet for pages, feeds, calendars and API: the same query string everywhere.

Each list has its own kinds: `NewsFilterSet`, `EventFilterSet`, `StoryFilterSet`.
"""

from datetime import timedelta

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import FIRST_DAY, LAST_DAY, check_day
from clusterportal.core.languages import LANGUAGE_CODES, is_written
from clusterportal.core.moments import MomentFilter
from clusterportal.history.former_addresses import slug_today
from clusterportal.newsroom.enums import EventKind, Kind
from clusterportal.newsroom.models import (
    Contribution,
    ContributionActor,
    ContributionArea,
    ContributionCluster,
    File,
    Link,
    WithdrawnEvent,
)
from clusterportal.newsroom.querysets import WithdrawnEventQuerySet

NEWS_KINDS = (Kind.NEWS, Kind.SUCCESS_STORY, Kind.PUBLICATION, Kind.CALL)
MOST_FORMER = 10  # values of a parameter whose former addresses are looked up
_DAY = "%Y-%m-%d"
_CHOSEN = ("kind", "cluster", "area", "actor", "year")
_PARTS = (Link, File, ContributionActor, ContributionCluster, ContributionArea)


class _NamedField(filters.ModelMultipleChoiceFilter.field_class):
    """Former addresses lead to those of today: who subscribed to a feed of a cluster keeps it when that is renamed."""

    def _check_values(self, slugs):
        try:
            return super()._check_values(slugs)
        except ValidationError:
            if len(slugs) > MOST_FORMER or any("\0" in slug for slug in slugs):
                raise
        return super()._check_values([slug_today(self.queryset.model, slug) for slug in slugs])


class _NamedFilter(filters.ModelMultipleChoiceFilter):
    """What names one of the chosen records, each contribution once."""

    field_class = _NamedField

    def filter(self, contributions, chosen):
        if not chosen:
            return contributions
        through = getattr(Contribution, self.field_name).through.objects
        column = f"{chosen[0]._meta.model_name}__in"
        return contributions.filter(pk__in=through.filter(**{column: chosen}).values("contribution_id"))


class ContributionFilterSet(filters.FilterSet):
    """Repeat a parameter: any of them; different parameters: all of them. `kinds` are those of the list."""

    kinds: tuple[str, ...] = tuple(Kind.values)

    cluster = _NamedFilter(
        field_name="clusters",
        queryset=Cluster.objects.published().order_by("position", "slug"),
        to_field_name="slug",
        label=_("Cluster"),
    )
    area = _NamedFilter(
        field_name="areas",
        queryset=ApplicationArea.objects.active().order_by("position", "slug"),
        to_field_name="slug",
        label=_("Application area"),
    )
    actor = _NamedFilter(
        field_name="actors", queryset=Actor.objects.published(), to_field_name="slug", label=_("Actor")
    )
    year = filters.TypedMultipleChoiceFilter(
        choices=[(str(year), str(year)) for year in range(FIRST_DAY.year, LAST_DAY.year + 1)],
        coerce=int,
        distinct=False,
        label=_("Year"),
    )
    language = filters.MultipleChoiceFilter(
        choices=[(code, code) for code in LANGUAGE_CODES], method="written_in", label=_("Language")
    )
    updated_since = MomentFilter(method="changed_since", label=_("Changed since"))

    class Meta:
        model = Contribution
        fields: list[str] = []

    def __init__(self, data=None, queryset=None, **kwargs):
        """Without `queryset` of everything that everybody sees."""
        shown = Contribution.objects.published() if queryset is None else queryset
        super().__init__(_each(data), shown.of_kind(*self.kinds), **kwargs)

    def written_in(self, contributions, _name, languages):
        """What can be read in one of the languages."""
        return contributions.filter(is_written("title", languages))

    @property
    def chosen(self) -> list[str]:
        """What was chosen, in words for people; the set is valid."""
        kinds = dict(self.filters["kind"].field.choices) if "kind" in self.filters else {}
        return [
            str(kinds.get(value, value)) if name == "kind" else str(value)
            for name in _CHOSEN
            for value in self.form.cleaned_data.get(name) or ()
        ]

    @property
    def reasons(self) -> str:
        """What is wrong with the values of an invalid set, a line each."""
        return "\n".join(f"{name}: {text}" for name, texts in self.errors.items() for text in texts)

    def changed_since(self, contributions, _name, moment):
        """What was written at the moment or later: itself, its links and files, and which records it names."""
        changed = Q(updated_at__gte=moment)
        for part in _PARTS:
            written = part.pgh_event_model.objects.filter(pgh_created_at__gte=moment)  # type: ignore[union-attr]
            changed |= Q(pk__in=written.values("contribution_id"))
        return contributions.filter(changed)


def _each(data: QueryDict | None) -> QueryDict:
    """`data` without empty values, as of forms, and with each of several codes in one value, as partners write them."""
    given = QueryDict(mutable=True)
    for name, values in data.lists() if data else ():
        parts = [part.strip() for value in values for part in value.split(",")]
        given.setlist(name, [part for part in parts if part])
    return given


class NewsFilterSet(ContributionFilterSet):
    """Everything but events."""

    kinds = NEWS_KINDS
    kind = filters.MultipleChoiceFilter(
        choices=[(kind.value, kind.label) for kind in NEWS_KINDS], distinct=False, label=_("Kind")
    )


class EventFilterSet(ContributionFilterSet):
    """Events, past ones too; `kind` is that of the event."""

    kinds = (Kind.EVENT,)
    kind = filters.MultipleChoiceFilter(
        field_name="event_kind", choices=EventKind.choices, distinct=False, label=_("Kind")
    )

    @property
    def withdrawn(self) -> WithdrawnEventQuerySet:
        """The events that everybody saw under these filters and that are gone; the set is valid."""
        chosen = self.form.cleaned_data
        gone = WithdrawnEvent.objects.all()
        for name in ("clusters", "areas", "actors"):
            if records := chosen[name.removesuffix("s")]:
                gone = gone.filter(**{f"{name}__overlap": [one.pk for one in records]})
        if kinds := chosen["kind"]:
            gone = gone.filter(event_kind__in=kinds)
        if years := chosen["year"]:
            gone = gone.filter(starts_at__year__in=years)
        if moment := chosen["updated_since"]:
            gone = gone.filter(withdrawn_at__gte=moment)
        return self.written_in(gone, "language", chosen["language"])


class PeriodFilterSet(EventFilterSet):
    """Events of a span of days, which pages offer by month."""

    since = filters.DateFilter(
        method="not_over_before", input_formats=[_DAY], validators=[check_day], label=_("Since")
    )
    until = filters.DateFilter(
        method="begun_until", input_formats=[_DAY], validators=[check_day], label=_("Until")
    )

    def not_over_before(self, events, _name, day):
        return events.between(day, LAST_DAY + timedelta(days=1))

    def begun_until(self, events, _name, day):
        return events.between(FIRST_DAY, day + timedelta(days=1))


class StoryFilterSet(ContributionFilterSet):
    """The series of success stories."""

    kinds = (Kind.SUCCESS_STORY,)
