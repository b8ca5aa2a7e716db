"""News and dates among the suggestions of the site's search."""

from django.utils.translation import override

from actors.search.query import Question
from actors.search.suggestions import BEGINS, Suggestion
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.newsroom.domain.wording import headline_of
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import PAGES, Contribution

MOST_SUGGESTIONS = 3  # so that actors and terms keep their room


def suggested(text: str) -> list[Suggestion]:
    """The newest that have the words in their headline; one query."""
    if not Question.of(text).wanted:
        return []
    found = Contribution.objects.published().matching(text, in_headlines=True)
    return [_of(one) for one in found.newest()[:MOST_SUGGESTIONS]]


def _of(contribution: Contribution) -> Suggestion:
    return Suggestion(
        kind="contribution",
        value=contribution.slug,
        labels={code: _headline(contribution, code) for code in LANGUAGE_CODES},
        rank=BEGINS,
        similarity=1,
        is_whole=False,
        found_by="",
        page=PAGES[Kind(contribution.kind)],
    )


def _headline(contribution: Contribution, language: str) -> str:
    with override(language):
        return headline_of(contribution)
