"""Actors that a row probably means: same name but for its legal form, same site and place, nearly the same name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from actors.domain.importing.facts import Facts
from actors.domain.importing.plan import Candidate
from actors.models import Actor, Identifier

SHOWN = 3  # candidates of a row
SIMILAR = 88  # per cent of equal letters from which two names in one place count as nearly the same
CROWDED = 5000  # actors in one place that a name is compared with, so that the time stays bounded
_DIGRAPHS = re.compile("([aou])e")  # Mueller is Müller; that "neue" shrinks as well harms no comparison
_WORDS = re.compile(r"[^\W_]+")
_FILLERS = {"und", "and"}
_FORMS = {
    "gmbh", "mbh", "ggmbh", "ag", "gag", "kg", "kgaa", "ohg", "gbr", "ug", "haftungsbeschrankt", "ev", "ek", "eg", "se",
    "partg", "partgmbb", "mbb", "vvag", "co", "ltd", "inc", "llc", "limited", "e", "v", "k", "g",
}  # fmt: skip
_SHARED_SITES = {
    "facebook.com",
    "linkedin.com",
    "instagram.com",
    "xing.com",
    "sites.google.com",
    "wikipedia.org",
}


class Known(NamedTuple):
    pk: int
    title: str
    key: str
    place: str  # folded
    postcode: str


class Resembling:
    """The names, sites and places of the registry, read once with one query when the first row asks.

    A person is shown nothing that they may not see; None, the command line, sees all.
    """

    def __init__(self, by=None):
        self._is_read = False
        self._actors = Actor.objects.all() if by is None else Actor.objects.visible_to(by)
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_site: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.by_place: dict[str, list[Known]] = defaultdict(list)

    def candidates(self, rows: list[tuple[int, Facts]], *, taken: set[int]) -> dict[int, list[Candidate]]:
        """The candidates of new rows, likeliest first; an actor of `taken` is meant by another row already."""
        if rows and not self._is_read:
            self._read()
        if not self.by_name:
            return {}
        found = {number: self._of(facts) for number, facts in rows}
        identifiers = _identifiers(candidate.pk for some in found.values() for candidate in some)
        return {
            number: fitting[:SHOWN]
            for number, facts in rows
            if (
                fitting := [
                    candidate
                    for candidate in found[number]
                    if candidate.pk not in taken
                    and not _contradicts(facts, identifiers.get(candidate.pk, {}))
                ]
            )
        }

    def _read(self) -> None:
        self._is_read = True
        rows = self._actors.order_by("pk").values_list("pk", "name", "city", "postcode", "website")
        for pk, name, city, postcode, website in rows.iterator(chunk_size=5000):
            known = Known(pk, f"{name}, {city}" if city else name, name_key(name), fold(city), postcode)
            self.by_name[known.key].append(known)
            for place in {known.place, postcode} - {""}:
                self.by_place[place].append(known)
                if site := site_of(website):
                    self.by_site[site, place].append(known)

    def _of(self, facts: Facts) -> list[Candidate]:
        fields = facts.fields
        key, places = (
            name_key(fields["name"]),
            {fold(fields.get("city") or ""), fields.get("postcode") or ""} - {""},
        )
        found: dict[int, Candidate] = {}

        def add(known: Known, why: str, similarity: int) -> None:
            found.setdefault(known.pk, Candidate(known.pk, known.title, why, similarity))

        for known in self.by_name.get(key, ()):
            here = not places or not (known.place or known.postcode) or {known.place, known.postcode} & places
            add(
                known,
                _("the same name") if here else _("the same name in another place"),
                100 if here else 90,
            )
        if site := site_of(fields.get("website") or ""):
            for known in (known for place in places for known in self.by_site.get((site, place), ())):
                add(known, _("the same website and place"), round(fuzz.ratio(key, known.key)))
        for place in places:
            for known, similarity in self._nearly(key, place):
                add(known, _("a similar name in the same place"), round(similarity))
        return sorted(found.values(), key=lambda candidate: -candidate.similarity)

    def _nearly(self, key: str, place: str) -> Iterable[tuple[Known, float]]:
        others = self.by_place.get(place, [])[:CROWDED]
        numbers = re.findall(r"\d+", key)
        similar = process.extract(
            key, others, scorer=fuzz.ratio, processor=_key_of, score_cutoff=SIMILAR, limit=SHOWN
        )
        # School 12 is not school 13.
        return (
            (known, score) for known, score, _place in similar if re.findall(r"\d+", known.key) == numbers
        )


def name_key(name: str) -> str:
    """A name as it is compared: folded, without its legal form; the whole name where nothing else is left."""
    words = [word for word in _WORDS.findall(fold(name)) if word not in _FILLERS]
    kept = list(words)
    while kept and kept[-1] in _FORMS:
        kept.pop()
    return " ".join(kept or words)


def fold(text: str) -> str:
    """Lower case without accents; umlauts as base letters, also where they are written out."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(
            letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
        )
    return _DIGRAPHS.sub(r"\1", text)


def site_of(address: str) -> str:
    """The host of a web address without www; empty for sites that many share."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return "" if any(host == site or host.endswith(f".{site}") for site in _SHARED_SITES) else host


def _key_of(known: Known | str) -> str:
    return known if isinstance(known, str) else known.key


def _identifiers(actors: Iterable[int]) -> dict[int, dict[str, set[str]]]:
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Identifier.objects.filter(actor__in=set(actors)).values_list("actor_id", "scheme", "value")
    for actor, scheme, value in rows:
        found[actor][scheme].add(value)
    return found


def _contradicts(facts: Facts, recorded: dict[str, set[str]]) -> bool:
    """An actor with another number of the same register is another actor."""
    return any(
        item["scheme"] in recorded and item["value"] not in recorded[item["scheme"]]
        for item in facts.parts.get("identifiers", ())
    )
