"""A contribution of the newsroom as an accessible PDF."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from clusterportal.atlas.domain.atlas_document import make
from clusterportal.atlas.domain.content import Gathered, frame
from clusterportal.atlas.domain.markdown_blocks import blocks_of
from clusterportal.atlas.domain.print_pictures import as_jpeg
from clusterportal.atlas.domain.texts import Text, address_shown, breakable, marked, name_of, said
from clusterportal.core.languages import language_shown
from clusterportal.core.signed_links import absolute
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution

_PICTURE = "picture.jpg"


def contribution_pdf(contribution: Contribution, language: str) -> bytes:
    """The contribution in `language`, as PDF/UA-1; in another one where it has none of this, which is said.

    Reads what `with_parts()` gathers. Raises CannotSet.
    """
    with override(language):
        picture = as_jpeg(contribution.image) if contribution.image else None
        gathered = Gathered(_content(contribution, has_picture=picture is not None))
        if picture:
            gathered.pictures[_PICTURE] = picture
        document, _report = make(gathered, name="contribution")
    return document.pdf


def _content(one: Contribution, *, has_picture: bool) -> dict[str, Any]:
    found = frame()
    found["words"] |= {
        "further": _("Further information"),
        "named": _("Who and what it is about"),
        "online_item": _("This item on the web:"),
    }
    url = absolute(one.get_absolute_url())
    found["title"] = one.title
    found["contribution"] = {
        "kind": _kind(one),
        "when": [_kind(one), *_day(one)],
        "title": said(one, "title"),
        "subtitle": said(one, "subtitle"),
        "lead": said(one, "lead"),
        "notes": _notes(one),
        "image": _PICTURE if has_picture else "",
        "image_alt": _alternative(one),
        "caption": said(one, "image_caption"),
        "credit": breakable(one.image_credit),
        "facts": [*_occasion(one)],
        "body": blocks_of(one.body),
        "body_lang": _other_language(one, "body"),
        "further": _further(one),
        "named": [*_named(one)],
        "url": url,
        "shown_url": address_shown(url),
    }
    return found


def _kind(one: Contribution) -> str:
    if one.kind == Kind.SUCCESS_STORY and one.number:
        return _("Success story %(number)s") % {"number": one.number}
    return str(one.get_event_kind_display() or one.get_kind_display())


def _day(one: Contribution) -> list[str]:
    day = one.date or (localtime(one.published_at).date() if one.published_at and not one.year else None)
    if day:
        return [date_format(day, "DATE_FORMAT")]
    return [_("%(year)s, day not recorded") % {"year": one.year}] if one.year else []


def _notes(one: Contribution) -> list[str]:
    """What a reader has to know first."""
    notes = [_("Example")] if one.is_example else []
    if other := _other_language(one, "title"):
        name = get_language_info(other)["name_translated"]
        notes.append(_("There is only a text in this language: %(language)s.") % {"language": name})
    if one.cancelled_at:
        day = date_format(localtime(one.cancelled_at), "DATE_FORMAT")
        notes.append(_("Cancelled on %(day)s.") % {"day": day})
    return notes


def _alternative(one: Contribution) -> str | None:
    """None for a picture that tells nothing; screen readers pass over it."""
    return None if one.image_is_decorative or not one.image_alt else one.image_alt


def _occasion(one: Contribution):
    """The facts of an event or a call."""
    if one.starts_at:
        yield _row(_("Begins"), _moment(one, one.starts_at))
    if one.ends_at:
        yield _row(_("Ends"), _moment(one, one.ends_at))
    if one.place:
        yield _row(_("Place"), breakable(one.place))
    if one.online_url:
        yield _row(_("Online at"), _link(one.online_url))
    if one.public_organiser or one.organiser_words:
        name = name_of(one.public_organiser) if one.public_organiser else one.organiser_words
        yield _row(_("Organiser"), name)
    if one.registration_url and not one.cancelled_at:
        yield _row(_("Registration at"), _link(one.registration_url))
    if one.registration_until:
        yield _row(_("Registration until"), date_format(one.registration_until, "DATE_FORMAT"))
    if one.deadline:
        yield _row(_("Deadline"), date_format(one.deadline, "DATE_FORMAT"))


def _moment(one: Contribution, at) -> str:
    return date_format(localtime(at), "DATE_FORMAT" if one.is_all_day else "DATETIME_FORMAT")


def _further(one: Contribution) -> list[dict[str, Any]]:
    links = [
        {"url": link.url, "label": said(link, "label"), "about": address_shown(link.url)}
        for link in one.links.all()
    ]
    if one.source.startswith(("http://", "https://")):
        links.append({"url": one.source, "label": _("Source"), "about": address_shown(one.source)})
    return links


def _named(one: Contribution):
    """Only what has a page of its own: actors, clusters and areas that the public sees."""
    rows: list[tuple[str, list[Text]]] = [
        (_("Actors"), [name_of(actor) for actor in one.public_actors]),  # type: ignore[attr-defined]
        (_("Cluster"), [said(cluster, "name") for cluster in one.public_clusters]),  # type: ignore[attr-defined]
        (_("Application areas"), [said(area, "name") for area in one.areas.all()]),
    ]
    if one.source and not one.source.startswith(("http://", "https://")):
        rows.append((_("Source"), [breakable(one.source)]))
    for term, names in rows:
        if names:
            yield _row(term, *names)


def _row(term: str, *values: Any) -> dict[str, Any]:
    return {"term": term, "values": [*values]}


def _link(address: str) -> dict[str, str]:
    return {"url": address, "said": address_shown(address)}


def _other_language(one: Contribution, name: str) -> str:
    text = marked("x", language_shown(one, name))
    return "" if isinstance(text, str) else text["lang"]
