"""Contributions as rows of a list: the place in the chain, who is named, which language is missing, what is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.core.languages import column_names
from clusterportal.newsroom.domain.wording import partly_in
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution
from clusterportal.newsroom.querysets import ContributionQuerySet, named_actors
from clusterportal.pages.presenters.event_times import EventTimes, times_of

MOST_NAMES = 2  # of actors, in a row
NEWEST = 3  # shown on pages about something else
_SHOWN = (
    *("kind", "event_kind", "number", "slug", "date", "year", "deadline", "image", "is_example"),
    *column_names("title"),
    *column_names("lead"),
    *("starts_at", "ends_at", "is_all_day", "cancelled_at", "moved_at", "moved_from"),
    *("place", "online_url", "organiser_words", "is_full", "has_waiting_list"),
    *("registration_from", "registration_until", "registration_url"),
    *("organiser__name", "organiser__short_name", "organiser__state"),
    *("matchmaking_event__opened_on", "matchmaking_event__wishes_until"),
)


@dataclass(frozen=True)
class ContributionRow:
    """A contribution of which `contribution_rows` read what it names; an event has `times`, other kinds have none."""

    contribution: Contribution
    areas: list[ApplicationArea]  # those that have a page
    today: date
    times: EventTimes | None = None

    @property
    def label(self) -> str:
        """ "Success story 12", "Seminar": what it is."""
        if self.contribution.kind == Kind.EVENT:
            return self.contribution.get_event_kind_display()
        kind = self.contribution.get_kind_display()
        return f"{kind} {self.contribution.number}" if self.contribution.number else kind

    @property
    def names(self) -> str:
        """ "RPTU, DFKI and 1 more"; empty where no actor is named."""
        named = [str(actor) for actor in self.contribution.public_actors]
        shown, more = ", ".join(named[:MOST_NAMES]), len(named) - MOST_NAMES
        if more <= 0:
            return shown
        text = ngettext("%(names)s and %(number)s more", "%(names)s and %(number)s more", more)
        return text % {"names": shown, "number": more}

    @property
    def only_in(self) -> str:
        """The language in which alone it is written; empty where it can be read in the language of the page."""
        return only_language(self.contribution)

    @property
    def partly_in(self) -> str:
        """The other language in which parts of it are written; empty where all can be read in that of the page."""
        return partly_in(self.contribution)

    @property
    def deadline(self) -> str:
        """Of a call: until when, or since when it is over."""
        day = self.contribution.deadline
        if self.contribution.kind != Kind.CALL:
            return ""
        if day is None:
            return _("no deadline")
        text = _("Deadline passed on %(day)s") if self.is_over else _("Deadline %(day)s")
        return text % {"day": date_format(day, "DATE_FORMAT")}

    @property
    def is_over(self) -> bool:
        day = self.contribution.deadline
        return self.times.is_past if self.times else bool(day and day < self.today)

    @property
    def positions(self) -> list[int]:
        """The layers of the actors that it names."""
        return sorted({position for _actor, positions in self.actors for position in positions})

    @property
    def actors(self) -> list[tuple[Actor, list[int]]]:
        """The named actors with a page, with their layers."""
        return [(actor, actor.layer_positions) for actor in self.contribution.public_actors]  # type: ignore[attr-defined]


def only_language(contribution: Contribution) -> str:
    """The name of the one language in which it is written, where that is not the page's; else empty."""
    if get_language() in contribution.languages:
        return ""
    return ", ".join(str(get_language_info(code)["name_translated"]) for code in contribution.languages)


def narrow(contributions: ContributionQuerySet) -> ContributionQuerySet:
    """`contributions` with the columns that a row shows, and the keys of their areas."""
    named = Contribution.areas.through.objects.filter(contribution=OuterRef("pk")).order_by()
    return (
        contributions.with_host()
        .only(*_SHOWN)
        .annotate(area_ids=ArraySubquery(named.values("applicationarea")))
    )


def contribution_rows(contributions: Iterable[Contribution], taxonomy: Taxonomy) -> list[ContributionRow]:
    """Rows of contributions that were read `narrow`: the actors that they name are read in one query."""
    contributions, areas = list(contributions), [(area.pk, area) for area in taxonomy.areas]
    prefetch_related_objects(contributions, named_actors("name", "short_name"))
    return [
        contribution_row(one, [area for key, area in areas if key in one.area_ids])  # type: ignore[attr-defined]
        for one in contributions
    ]


def contribution_row(one: Contribution, areas: list[ApplicationArea]) -> ContributionRow:
    """The row of a contribution that was read with the actors that it names."""
    today = timezone.localdate()
    is_dated = one.kind == Kind.EVENT and one.starts_at
    return ContributionRow(one, areas, today, times_of(one, today=today) if is_dated else None)


def newest_and_next(
    contributions: ContributionQuerySet, taxonomy: Taxonomy
) -> dict[str, Sequence[ContributionRow]]:
    """The newest contributions and the next events of a queryset, for pages about something else.

    Three queries, two where there is nothing.
    """
    own = narrow(contributions.published())
    others = list(own.exclude(kind=Kind.EVENT).newest()[:NEWEST])
    events = list(own.upcoming(timezone.localdate())[:NEWEST])
    rows = contribution_rows([*others, *events], taxonomy)
    return {"newest_contributions": rows[: len(others)], "next_events": rows[len(others) :]}
