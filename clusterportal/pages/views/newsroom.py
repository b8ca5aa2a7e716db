"""News, events and success stories as lists: filters, archive by year, twenty to a page."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from clusterportal.core.pictures import picture
from clusterportal.newsroom.enums import EventKind
from clusterportal.newsroom.filters import (
    NEWS_KINDS,
    ContributionFilterSet,
    EventFilterSet,
    NewsFilterSet,
    StoryFilterSet,
)
from clusterportal.newsroom.models import FEATURE, Contribution
from clusterportal.newsroom.querysets import ContributionQuerySet
from clusterportal.pages.presenters.actor_rows import page_numbers, page_of
from clusterportal.pages.presenters.contribution_filters import kind_links, selection_of, without
from clusterportal.pages.presenters.contribution_rows import contribution_rows, narrow
from clusterportal.pages.presenters.month_table import month_table, next_month, rail

PER_PAGE = 20
PAST_SHOWN = 3  # below the events to come
_MONTH = re.compile(r"(?:19[89][0-9]|20[0-9][0-9]|2100)-(?:0[1-9]|1[0-2])")  # years as records have them


class ContributionListView(TemplateView):
    """Context: form (of the FilterSet), selection, kinds, groups (heading, number, rows), page, years, text."""

    filters: type[ContributionFilterSet]
    kind_choices: Sequence[tuple[str, object]] = ()
    counted_by = ("kind", "year")

    @cached_property
    def taxonomy(self) -> Taxonomy:
        return Taxonomy()

    def get_context_data(self, **kwargs):
        params, text = self.request.GET, self.request.GET.get("q", "").strip()
        filterset = self.filters(params)
        month, month_error = self.month()
        is_valid = filterset.is_valid() and not month_error
        found = filterset.qs if is_valid else filterset.queryset.none()
        found = self.answering(found, text)
        counts = self.counts(params, text) if is_valid else Counter()
        given = filterset.form.cleaned_data if is_valid else {}
        chosen = {name: list(map(str, given.get(name) or [])) for name in ("kind", "year")}
        page, page_exists = self.page(found, counts, month=month, chosen=chosen)
        rows = contribution_rows(page, self.taxonomy)
        return super().get_context_data(
            **kwargs,
            form=filterset.form,
            selection=selection_of(filterset, params, month=month, month_error=month_error, text=text),
            kinds=kind_links(
                self.kind_choices,
                _sums(counts, 0, chosen["year"], 1),
                params,
                every=_("All"),
                chosen=chosen["kind"],
            ),
            chosen=chosen,
            years=sorted(_sums(counts, 1, chosen["kind"], 0).items(), reverse=True),
            text=text,
            is_guessed=self.is_guessed,
            page=page,
            page_exists=page_exists,
            page_numbers=page_numbers(page),
            rows=rows,
            **self.more(found, rows, counts, page=page, month=month, chosen=chosen),
        )

    def render_to_response(self, context, **kwargs):
        is_wrong = bool(context["selection"].errors)
        status = 400 if is_wrong else 404 if not context["page_exists"] else 200
        return super().render_to_response(context, status=status, **kwargs)

    def month(self) -> tuple[date | None, str]:
        """The month asked for, and what is wrong with it; lists by year know none."""
        return None, ""

    @cached_property
    def is_guessed(self) -> bool:
        """Whether no contribution holds the words as they were typed: then those count that are spelt nearly so."""
        text = self.request.GET.get("q", "").strip()
        return bool(text) and not Contribution.objects.published().matching(text).exists()

    def answering(self, found: ContributionQuerySet, text: str) -> ContributionQuerySet:
        if not text:
            return found
        return found.nearly_matching(text) if self.is_guessed else found.matching(text)

    def counts(self, params: QueryDict, text: str) -> Counter:
        """How many there are of each kind and year under the other filters, in one query."""
        others = self.filters(without(params, "kind", "year"))
        found = self.answering(others.qs, text)
        return Counter(
            {
                (kind, year): number
                for kind, year, number in found.order_by().values_list(*self.counted_by).annotate(Count("pk"))
            }
        )

    def page(self, found, counts: Counter, *, month: date | None, chosen: dict[str, list[str]]):
        number = sum(_by_year(counts, chosen).values())
        return page_of(narrow(found.newest()), self.request.GET.get("page"), per_page=PER_PAGE, count=number)

    def more(self, found, rows, counts, *, page, month, chosen) -> dict:
        """Context of the page of one kind of list."""
        raise NotImplementedError


class NewsView(ContributionListView):
    """Everything but events, by year; the newest one stands first with its picture."""

    template_name = "newsroom/news.html"
    filters: type[ContributionFilterSet] = NewsFilterSet
    kind_choices: Sequence[tuple[str, object]] = [(kind.value, kind.label) for kind in NEWS_KINDS]

    def more(self, found, rows, counts, *, page, month, chosen) -> dict:
        is_plain = not any(self.request.GET.values())
        feature = rows[0] if rows and is_plain else None
        numbers = _by_year(counts, chosen)
        listed = rows[1:] if feature else rows
        image = feature.contribution.image if feature else None
        return {
            "feature": feature,
            "picture": picture(image, FEATURE) if image else None,
            "groups": [
                (year, numbers.get(year, 0), [row for row in listed if row.contribution.year == year])
                for year in dict.fromkeys(row.contribution.year for row in listed)
            ],
        }


class StoriesView(NewsView):
    """The series of success stories; the number says where one stands."""

    template_name = "newsroom/stories.html"
    filters = StoryFilterSet
    kind_choices = ()


class EventsView(ContributionListView):
    """What is to come by month, and the last ones that are over; a year shows all of its events."""

    template_name = "newsroom/events.html"
    filters = EventFilterSet
    kind_choices = EventKind.choices
    counted_by = ("event_kind", "year")

    def month(self) -> tuple[date | None, str]:
        text = self.request.GET.get("month", "").strip()
        if not text:
            return None, ""
        if not _MONTH.fullmatch(text):
            return None, _("Write a month as 2026-12.")
        return date.fromisoformat(f"{text}-01"), ""

    def counts(self, params: QueryDict, text: str) -> Counter:
        """Of the month; of events to come, where neither a month nor a year is asked for."""
        month, _error = self.month()
        if params.get("year") and not month:
            return super().counts(params, text)
        others = self.filters(without(params, "kind", "month"))
        found = self.answering(others.qs, text)
        found = found.between(month, next_month(month)) if month else found.upcoming(timezone.localdate())
        found = found.order_by()
        rows = found.values_list(*self.counted_by).annotate(Count("pk"))
        return Counter({(kind, year): number for kind, year, number in rows})

    def page(self, found, counts, *, month, chosen):
        today = timezone.localdate()
        if month:
            found = found.between(month, next_month(month))
        elif chosen["year"]:
            found = found.order_by("starts_at", "pk")
        else:
            found = found.upcoming(today)
        return page_of(narrow(found), self.request.GET.get("page"), per_page=PER_PAGE)

    def more(self, found, rows, counts, *, page, month, chosen) -> dict:
        today = timezone.localdate()
        numbers = dict(
            found.upcoming(today)
            .order_by()
            .annotate(month=TruncMonth("starts_at"))
            .values_list("month")
            .annotate(Count("pk"))
        )
        numbers = {timezone.localtime(one).date(): number for one, number in numbers.items()}
        ahead = [one for one, number in numbers.items() if number and one >= today.replace(day=1)]
        shown = month or min(ahead, default=today.replace(day=1))
        is_default = not (month or chosen["year"] or self.request.GET.get("page"))
        past = contribution_rows(narrow(found.past(today))[:PAST_SHOWN], self.taxonomy) if is_default else []
        of_month = found.between(shown, next_month(shown))
        return {
            "groups": _by_month(page, rows),
            "table": month_table(shown, of_month.select_related("matchmaking_event"), today=today),
            "rail": rail(numbers, month, today=today),
            "past": past,
            "archive": _archive(found, today) if is_default else [],
            "month": month,
        }


def _by_month(page, rows) -> list[tuple[date, int, list]]:
    """The rows of a page by the month in which they begin, each with the number of the whole list."""
    listed: dict[date, list] = {}
    for row in rows:
        listed.setdefault(row.times.first.replace(day=1), []).append(row)
    numbers = {month: len(own) for month, own in listed.items()}
    if page.paginator.num_pages > 1:
        found = page.paginator.object_list.prefetch_related(None).order_by()
        counted = found.annotate(month=TruncMonth("starts_at")).values_list("month").annotate(Count("pk"))
        numbers = {timezone.localtime(one).date(): number for one, number in counted}
    return [(month, numbers.get(month, len(own)), own) for month, own in listed.items()]


def _archive(found, today: date) -> list[tuple[int, int]]:
    """Years with events that are over, and how many, the last year first."""
    return list(found.past(today).order_by("-year").values_list("year").annotate(Count("pk")))


def _by_year(counts: Counter, chosen: dict[str, list[str]]) -> dict[int, int]:
    """How many of the list there are in each year."""
    years = _sums(counts, 1, chosen["kind"], 0)
    return {
        year: number for year, number in years.items() if not chosen["year"] or str(year) in chosen["year"]
    }


def _sums(counts: Counter, by: int, chosen: list[str], other: int) -> dict:
    """The counts by one of their two keys, of those alone whose other key is chosen, if any is."""
    found: Counter = Counter()
    for keys, number in counts.items():
        if not chosen or str(keys[other]) in chosen:
            found[keys[by]] += number
    return dict(found)
