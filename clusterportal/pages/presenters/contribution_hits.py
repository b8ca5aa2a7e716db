"""News and dates that answer a search of the directory: beside the actors, not among them."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from actors.domain.taxonomy import Taxonomy
from actors.search.query import Question
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.filters import ContributionFilterSet
from clusterportal.newsroom.models import Contribution
from clusterportal.newsroom.querysets import ContributionQuerySet
from clusterportal.pages.presenters.active_filters import Chip
from clusterportal.pages.presenters.contribution_rows import ContributionRow, contribution_rows, narrow

MOST_HITS_OF_KIND = 3  # of news, and of events
_KNOWN = ("q", "cluster", "area")  # what contributions are asked for, too


@dataclass(frozen=True)
class ContributionHits:
    """The best news, the next events (or the last ones, where none is to come), and where all of them stand."""

    news: list[ContributionRow]
    events: list[ContributionRow]
    news_count: int
    event_count: int
    news_url: str
    events_url: str
    is_guessed: bool  # nothing holds the words as they were typed; these are spelt nearly so

    @property
    def count(self) -> int:
        return self.news_count + self.event_count


def contribution_hits(params: QueryDict, chips: list[Chip], taxonomy: Taxonomy) -> ContributionHits | None:
    """None on further pages, where more is asked than contributions know, and where none answers: three queries then.

    Otherwise at most eight.
    """
    text, asked = params.get("q", ""), QueryDict(mutable=True)
    is_further = params.get("page") not in (None, "", "1")
    if is_further or {chip.name for chip in chips} - {*_KNOWN} or not Question.of(text).wanted:
        return None
    for name in _KNOWN:
        asked.setlist(name, params.getlist(name))
    filterset = ContributionFilterSet(asked)
    if not filterset.is_valid():
        return None
    found = filterset.qs.matching(text)
    is_guessed = not (counts := _counts(found))
    if is_guessed:
        if Contribution.objects.published().matching(text).exists():
            return None  # under other filters: nobody mistyped anything
        found = filterset.qs.nearly_matching(text)
        if not (counts := _counts(found)):
            return None
    event_count = counts.pop(Kind.EVENT, 0)
    found, today = narrow(found), timezone.localdate()
    news = list(found.exclude(kind=Kind.EVENT).best_first(text)[:MOST_HITS_OF_KIND]) if counts else []
    events = []
    if event_count:
        events = list(found.upcoming(today)[:MOST_HITS_OF_KIND]) or list(
            found.past(today)[:MOST_HITS_OF_KIND]
        )
    rows = contribution_rows([*news, *events], taxonomy)
    return ContributionHits(
        news=rows[: len(news)],
        events=rows[len(news) :],
        news_count=sum(counts.values()),
        event_count=event_count,
        news_url=f"{reverse('pages:news')}?{asked.urlencode()}",
        events_url=f"{reverse('pages:events')}?{asked.urlencode()}",
        is_guessed=is_guessed,
    )


def _counts(found: ContributionQuerySet) -> dict[str, int]:
    return dict(found.order_by().values_list("kind").annotate(Count("pk")))
