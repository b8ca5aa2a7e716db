"""What an issue says in one language: fixed when sending begins, then the same in every mail and in the archive."""

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from actors.models import Actor
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.signed_links import absolute
from clusterportal.newsletters.models import Issue, IssueItem
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution


class IssueEntry(TypedDict):
    """One contribution in the issue; `language` is that of its text, which may be the only one there is."""

    kind: str
    number: int | None
    when: str
    is_cancelled: bool
    title: str
    lead: str
    url: str
    layers: list[int]
    language: str
    is_example: bool


class Content(TypedDict):
    """An issue in one language."""

    title: str
    introduction: str
    month: str
    entries: list[IssueEntry]
    events: list[IssueEntry]


def content_of(issue: Issue, *, language: str) -> Content:
    """`issue` in `language`; what a contribution lacks in it comes in its other one, marked as such. 4 queries."""
    with override(language):
        entries = [_entry(item, language) for item in _items(issue)]
        day = timezone.localtime(issue.started_at or issue.send_at or timezone.now())
        return {
            "title": getattr(issue, f"title_{language}"),
            "introduction": getattr(issue, f"introduction_{language}"),
            "month": date_format(day, "F Y"),
            "entries": [one for one in entries if one["kind"] != Kind.EVENT],
            "events": [one for one in entries if one["kind"] == Kind.EVENT],
        }


def says_something(issue: Issue) -> bool:
    """Whether there is anything in it that everybody may read."""
    return _public_items(issue).exists()


def _public_items(issue: Issue) -> QuerySet[IssueItem]:
    """A contribution that was withdrawn since it was chosen stays out."""
    return issue.items.filter(Q(contribution=None) | Q(contribution__in=Contribution.objects.published()))


def _items(issue: Issue) -> Iterable[IssueItem]:
    actors = Actor.objects.published().prefetch_related("placements__layer")
    return (
        _public_items(issue)
        .select_related("contribution")
        .prefetch_related(Prefetch("contribution__actors", actors))
    )


def _entry(item: IssueItem, language: str) -> IssueEntry:
    one = item.contribution
    if one is None:
        there = [code for code in LANGUAGE_CODES if getattr(item, f"title_{code}")]
        code = language if language in there else there[0]
        return _made(item, code, kind="", url=item.url)
    code = language if language in one.languages else one.languages[0]
    with override(code):
        url = absolute(one.get_absolute_url())
    return _made(one, code, kind=one.kind, url=url, contribution=one)


def _made(
    source, language: str, *, kind: str, url: str, contribution: Contribution | None = None
) -> IssueEntry:
    layers = {
        placement.layer.position
        for actor in (contribution.actors.all() if contribution else ())
        for placement in actor.placements.all()
    }
    return {
        "kind": kind,
        "number": contribution.number if contribution else None,
        "when": _when(contribution) if contribution else "",
        "is_cancelled": bool(contribution and contribution.cancelled_at),
        "title": getattr(source, f"title_{language}"),
        "lead": getattr(source, f"lead_{language}"),
        "url": url,
        "layers": sorted(layers),
        "language": language,
        "is_example": bool(contribution and contribution.is_example),
    }


def _when(contribution: Contribution) -> str:
    """Day and hour of an event, in the language of the issue."""
    if contribution.starts_at is None:
        return ""
    start = timezone.localtime(contribution.starts_at)
    day = date_format(start, "DATE_FORMAT")
    return day if contribution.is_all_day else f"{day}, {date_format(start, 'TIME_FORMAT')}"
