"""Descriptions kept so that those that may mean a given one are found without comparing with all."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz, process

from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.evidence import Judgement, Verdict, judge

SIMILAR = (
    86  # percent of equal letters from which a name in one place can be worth a look, whatever else there is
)
NEAREST = 3  # most similar names in one place that are looked at
CROWDED = 5000  # names in one place that a name is compared with, so that the time stays bounded
MOST_SHARING = 50  # namesakes that are compared
MOST_ON_A_SITE = (
    5  # with one site, street or telephone in one place; more share a host or a house, not an identity
)


class Likeness(NamedTuple):
    """A kept description that may be the same organisation; `ref` is what it was kept under."""

    ref: int
    description: Description
    judgement: Judgement


class Index:
    """Descriptions under a number each, by all their names, place with site, telephone and street."""

    def __init__(self):
        self.descriptions: dict[int, Description] = {}
        self._by_key: dict[tuple, list[int]] = defaultdict(list)
        self._names_in: dict[str, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))

    def __bool__(self) -> bool:
        return bool(self.descriptions)

    def add(self, ref: int, description: Description) -> None:
        self.descriptions[ref] = description
        for key in _keys(description):
            self._by_key[key].append(ref)
        for place in _places(description):
            names, refs = self._names_in[place]
            names.append(description.key)
            refs.append(ref)

    def like(self, description: Description, *, by_name_alone: bool = False) -> list[Likeness]:
        """What is, or probably is, the same organisation, likeliest first; `by_name_alone`: of those with one name."""
        keys = _names(description) if by_name_alone else _keys(description)
        refs = {ref for key in keys for ref in self._sharing(key)}
        if not by_name_alone:
            refs |= {ref for place in _places(description) for ref in self._nearly(description.key, place)}
        found = []
        for ref in refs:
            judgement = judge(description, self.descriptions[ref])
            if judgement.verdict is not Verdict.DIFFERENT:
                found.append(Likeness(ref, self.descriptions[ref], judgement))
        return sorted(found, key=lambda one: (-one.judgement.score, one.ref))

    def _sharing(self, key: tuple) -> list[int]:
        refs = self._by_key.get(key, [])
        if key[0] == "name":
            return refs[:MOST_SHARING]
        return refs if len(refs) <= MOST_ON_A_SITE else []

    def _nearly(self, key: str, place: str) -> Iterator[int]:
        if place not in self._names_in:
            return
        names, refs = self._names_in[place]
        similar = process.extract(
            key, names[:CROWDED], scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=NEAREST
        )
        yield from (refs[position] for _name, _score, position in similar)


def _names(description: Description) -> Iterator[tuple]:
    for key in description.keys:
        yield "name", key.replace(" ", "")


def _keys(description: Description) -> Iterator[tuple]:
    yield from _names(description)
    for place in _places(description):
        if description.host:
            yield "site", description.host, place
        if description.street:
            yield "street", description.street, place
    if description.phone:
        yield "phone", description.phone


def _places(description: Description) -> set[str]:
    return {description.postcode, description.town} - {""}
