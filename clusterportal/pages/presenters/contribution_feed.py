"""Contributions as entries of a feed: in Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.html import format_html
from django.utils.translation import get_language

from clusterportal.core.api.serializers import moment_text
from clusterportal.core.languages import language_shown
from clusterportal.newsroom.domain.wording import headline_of, missing_language_of, time_and_place_of
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.markdown import render
from clusterportal.pages.presenters.atom import ReadableFeed

_ROOTED = re.compile(r'href="/(?!/)')  # links within the portal: readers know no address to begin with
VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Attached:
    url: str
    media_type: str
    title: str
    size: int  # bytes


@dataclass(frozen=True)
class FeedEntry:
    """`id` never changes; `updated_at` only when readers were told."""

    id: str
    url: str
    source: str  # the address where it was published first
    title: str
    summary: str
    content: str  # HTML
    language: str
    published_at: datetime
    updated_at: datetime
    image: str
    tags: list[str] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A page of a feed, the latest entries first; `next_url` leads to the older ones."""

    id: str
    title: str
    subtitle: str
    home: str
    url: str
    next_url: str
    entries: list[FeedEntry]


def entries_of(contributions: Iterable[Contribution], request) -> list[FeedEntry]:
    """One entry for each of `announced_first().with_parts()`, in the active language or the one that is there."""
    return [_entry(one, request) for one in contributions]


def _entry(one: Contribution, request) -> FeedEntry:
    absolute = request.build_absolute_uri
    said = one.announced_at or one.publish_at or one.created_at
    kinds = [one.get_kind_display(), one.get_event_kind_display()]
    named = [str(record) for record in (*one.areas.all(), *one.public_clusters, *one.public_actors)]
    return FeedEntry(
        id=f"urn:uuid:{one.uid}",
        url=absolute(one.get_absolute_url()),
        source=one.source if one.source.startswith(("http://", "https://")) else "",
        title=headline_of(one),
        summary=one.lead or one.subtitle,
        content=_ROOTED.sub(f'href="{absolute("/")}', _content(one)),
        language=language_shown(one, "title"),
        published_at=one.published_at or one.publish_at or said,
        updated_at=said,
        image=absolute(one.image.url) if one.image else "",
        tags=[*filter(None, kinds), *named],
        attached=[
            Attached(
                absolute(reverse("contribution-file", args=[file.pk])),
                file.media_type,
                str(file),
                file.size,
            )
            for file in one.files.all()
        ],
    )


def _content(one: Contribution) -> str:
    """The whole text. What the portal adds is in the language of the feed, and says so."""
    own = get_language()
    parts = [
        format_html('<p lang="{}"><em>{}</em></p>', own, missing_language_of(one)),
        format_html('<p lang="{}"><strong>{}</strong></p>', own, time_and_place_of(one)),
        format_html("<p><strong>{}</strong></p>", one.subtitle),
        format_html("<p>{}</p>", one.lead),
        render(one.body),
    ]
    texts = [missing_language_of(one), time_and_place_of(one), one.subtitle, one.lead, one.body]
    return "\n".join(part.strip() for part, text in zip(parts, texts, strict=True) if text)


def as_atom(page: Page) -> str:
    feed = ReadableFeed(
        title=page.title,
        link=page.home,
        description="",  # which Atom calls the subtitle
        subtitle=page.subtitle,
        language=get_language(),
        author_name=settings.SITE_NAME,
        author_link=settings.SITE_URL,
        feed_url=page.url,
        feed_guid=page.id,
        next_url=page.next_url,
    )
    for one in page.entries:
        feed.add_item(
            title=one.title,
            link=one.url,
            unique_id=one.id,
            description=format_html("{}", one.summary),
            content=one.content,
            language=one.language,
            pubdate=one.published_at,
            updateddate=one.updated_at,
            categories=one.tags,
            enclosures=[Enclosure(file.url, str(file.size), file.media_type) for file in one.attached],
        )
    return feed.writeString("utf-8")


def as_json(page: Page) -> dict:
    return _known(
        {
            "version": VERSION,
            "title": page.title,
            "home_page_url": page.home,
            "feed_url": page.url,
            "description": page.subtitle,
            "next_url": page.next_url,
            "authors": [{"name": settings.SITE_NAME, "url": settings.SITE_URL}],
            "language": get_language(),
        }
    ) | {"items": [_item(one) for one in page.entries]}


def _item(one: FeedEntry) -> dict:
    item = {
        "id": one.id,
        "url": one.url,
        "external_url": one.source,
        "title": one.title,
        "content_html": one.content or format_html("<p>{}</p>", one.title),
        "summary": one.summary,
        "image": one.image,
        "date_published": moment_text(one.published_at),
        "date_modified": moment_text(one.updated_at),
        "tags": one.tags,
        "language": one.language,
        "attachments": [
            {"url": file.url, "mime_type": file.media_type, "title": file.title, "size_in_bytes": file.size}
            for file in one.attached
        ],
    }
    return _known(item)


def _known(members: dict) -> dict:
    """Without what is empty: the format leaves it out."""
    return {name: value for name, value in members.items() if value}
