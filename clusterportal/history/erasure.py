"""Erasing a person (GDPR, article 17): from the records, from every text and from every kept version of them.

Each room that holds people says which of its records are a person's own (`erasable`); these go as a whole. Wherever
else the database names the person, the words go (`mentions`). What was done is recorded without the data.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

import pgtrigger
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.mentions import Hit, Redaction, Search, redact
from clusterportal.history.models import Erasure
from clusterportal.history.person import Person
from clusterportal.history.version_loss import forget_by
from clusterportal.history.wording import label_of_kind

MOST_FOUND = 500  # records that one search names
TEXT = "text"  # code of the findings that are words within a text
_CONTEXT = 40  # characters around the words
_MOST_EXCERPTS = 50  # of one record


@dataclass(frozen=True)
class Excerpt:
    """The words in their place: what stands before, the words, what stands after."""

    column: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class PersonFinding:
    """A record that holds the person: `key` within its room, what kind it is, and how to recognise it.

    `places`: the rows that it speaks for (`Hit.place`); `is_sure`: found by e-mail, so hardly somebody else's.
    """

    key: str
    kind: str
    title: str
    detail: str = ""
    places: frozenset[tuple[str, str]] = frozenset()
    is_sure: bool = False
    excerpts: tuple[Excerpt, ...] = ()
    versions: int = 0  # earlier ones that name the person, too
    url: str = ""
    is_own: bool = True  # the person's own record; else one about something else, with the person in it


@dataclass(frozen=True)
class Eraser:
    find: Callable[[Search], list[PersonFinding]]
    erase: Callable[[list[str], Person], int]


@dataclass(frozen=True)
class PersonSearchResult:
    """What a search found. `is_cut`: there is more than it names; `unread`: what could not be searched."""

    findings: dict[str, PersonFinding]
    is_cut: bool = False
    unread: list[str] = field(default_factory=list)


_erasers: dict[str, Eraser] = {}
_afterwards: list[Callable[[], object]] = []
_unread: list[Callable[[], list[str]]] = []


def erasable(code: str, *, find, erase) -> None:
    """Register how a room finds a person's own records, and erases those under the keys found, which it counts."""
    _erasers[code] = Eraser(find, erase)


def after_erasing(derive: Callable[[], object]) -> None:
    """Register what makes derived texts anew, for example the words of the search."""
    _afterwards.append(derive)


def cannot_search(name: Callable[[], list[str]]) -> None:
    """Register who names what a search cannot read, for example damaged files."""
    _unread.append(name)


def look_for(person: Person) -> PersonSearchResult:
    """Everything that holds the person: records of their own, then texts that name them."""
    search, is_cut = Search(person), False
    findings: dict[str, PersonFinding] = {}
    spoken_for: set[tuple[str, str]] = set()
    for code, eraser in _erasers.items():
        own = eraser.find(search) if person.is_given else []
        is_cut = is_cut or len(own) > MOST_FOUND
        for finding in own[:MOST_FOUND]:
            findings[f"{code}:{finding.key}"] = _with_excerpts(finding, search)
            spoken_for |= finding.places
    texts = _texts(search, spoken_for)
    findings |= {f"{TEXT}:{finding.key}": finding for finding in texts[:MOST_FOUND]}
    is_cut = is_cut or search.is_cut or len(texts) > MOST_FOUND
    return PersonSearchResult(findings, is_cut, [name for names in _unread for name in names()])


def find_person(person: Person) -> dict[str, PersonFinding]:
    """Everything that holds the person, by a key that `erase` takes."""
    return look_for(person).findings


@transaction.atomic
def erase(*, person: Person, keys: Iterable[str], ground: str, by) -> tuple[Erasure, Redaction]:
    """Erase what was found under `keys`, with all versions; returns the record of it, and what did not work.

    A record of the person's own that has to stay, such as a proposal, is searched once more for words. For
    administrators.
    """
    if not by.is_superuser:
        raise PermissionDenied
    found = find_person(person)
    chosen: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        if key in found:
            code, _colon, own = key.partition(":")
            chosen.setdefault(code, []).append(own)
    counts = Counter(dict.fromkeys(chosen, 0))
    with act("erasure", by=by):
        for code, own_keys in chosen.items():
            counts[code] += len(own_keys) if code == TEXT else _erasers[code].erase(own_keys, person)
        chosen_findings = [found[f"{code}:{key}"] for code, own_keys in chosen.items() for key in own_keys]
        done = redact(person, {place for finding in chosen_findings for place in finding.places})
        for derive in _afterwards if chosen else ():
            derive()
    for storage, name in done.files:
        transaction.on_commit(partial(storage.delete, name))
    return Erasure.objects.create(by=by, ground=ground, counts=dict(counts)), done


def forget_versions(model: type[models.Model], pks: Iterable) -> int:
    """Delete all kept versions of records; with `redact` the only way around the append-only history."""
    event_model = event_models()[model._meta.label_lower]
    with pgtrigger.ignore(f"{event_model._meta.label}:append_only"):
        return forget_by(connection.ops.quote_name(event_model._meta.db_table), "pgh_obj_id", map(str, pks))


def _with_excerpts(finding: PersonFinding, search: Search) -> PersonFinding:
    """A record about something else also says where in it the person stands."""
    if finding.is_own or finding.excerpts:
        return finding
    hits = [hit for hit in search.hits if hit.place in finding.places and not hit.is_version]
    found = islice((one for hit in hits for one in _excerpts(hit)), _MOST_EXCERPTS)
    return replace(finding, excerpts=tuple(found))


# ---------- texts that name the person ----------
def _texts(search: Search, spoken_for: set) -> list[PersonFinding]:
    by_place: dict[tuple[str, str], list[Hit]] = {}
    for hit in search.hits:
        if hit.place not in spoken_for:
            by_place.setdefault(hit.place, []).append(hit)
    return [_text(search.person, place, hits) for place, hits in by_place.items()]


def _text(person: Person, place: tuple[str, str], hits: list[Hit]) -> PersonFinding:
    table, record = place
    subject = hits[0].table.subject
    today = subject._base_manager.filter(pk=record).first() if subject else None
    shown = next((hit for hit in hits if not hit.is_version), hits[-1])
    return PersonFinding(
        key=f"{table}/{record}",
        kind=label_of_kind(subject) if subject else table,
        is_own=False,
        title=_title(subject, today, record),
        places=frozenset([place]),
        is_sure=any(person.has_email(text) for hit in hits for text in hit.texts()),
        excerpts=tuple(_excerpts(shown)),
        versions=sum(hit.is_version for hit in hits),
        url=_address(type(today), record) if today is not None else "",
    )


def _title(model: type[models.Model] | None, record: models.Model | None, key: str) -> str:
    if model is not None and record is None:
        return _("Deleted record %(key)s") % {"key": key}
    if record is not None and type(record).__str__ is not models.Model.__str__:
        try:
            return str(record)
        except (LookupError, TypeError, ValueError):  # a record that is broken must not keep a person in it
            pass
    return _("Record %(key)s") % {"key": key}


def _excerpts(hit: Hit) -> Iterable[Excerpt]:
    for name, found in hit.spots.items():
        for text, spans in found:
            for start, end in spans:
                before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
                yield Excerpt(
                    hit.table.column(name).label,
                    f"…{before}" if start > _CONTEXT else before,
                    text[start:end],
                    f"{after}…" if end + _CONTEXT < len(text) else after,
                )


def _address(model: type[models.Model], record: str) -> str:
    """Where the record is edited; empty where the admin has no page for it."""
    options = apps.get_model(model._meta.label)._meta
    try:
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record])
    except NoReverseMatch:
        return ""
