"""Words of a question that name a filter: "Unternehmen Kaiserslautern Landtechnik" is a kind, a town and a need.

Taken so only where nobody is called by all of the words, and where somebody is found so.
"""

from array import array
from dataclasses import dataclass, field, replace

import numpy as np

from actors.domain.spoken_names import BUSINESSES, KINDS, STATES
from actors.domain.taxonomy import Taxonomy
from actors.facets.index import FacetIndex
from actors.search.engine import SearchResult, is_named, search_public
from actors.search.query import Question
from clusterportal.core.languages import in_every_language
from clusterportal.core.spelling import WORD, spelling
from clusterportal.places.own_names import asked_for

MOST_WORDS_OF_NAME = 6  # words of a name
# After these a kind is whom something is for: "Software für Unternehmen".
_FOR = ("fur", "for")
# Words between the others that say nothing by themselves.
_JOINING = "in im am an aus bei fur mit und oder der die das den des von zu zum zur the of for and at from"


@dataclass(frozen=True)
class Meaning:
    """What the words of a question mean: values of facets, and the words left to search for."""

    values: dict[str, set[str]] = field(default_factory=dict)
    words: list[tuple[str, str, str]] = field(default_factory=list)  # as typed, facet, first value
    rest: list[str] = field(default_factory=list)

    def mask(self, index: FacetIndex) -> np.ndarray:
        masks = [index.having(facet, values) for facet, values in self.values.items()]
        return np.logical_and.reduce([index.everybody(), *masks])

    def without(self, facet: str) -> "Meaning":
        values = {name: values for name, values in self.values.items() if name != facet}
        return Meaning(values, [word for word in self.words if word[1] != facet], self.rest)


def understood(result: SearchResult, index: FacetIndex, taxonomy: Taxonomy) -> SearchResult:
    """`result`, or the actors found when words that name a kind, layer, area, town or state are taken for filters."""
    question = result.question
    if question.unwanted:
        return result
    meaning = _meaning(question.words, index, taxonomy)
    rest = " ".join([*meaning.rest, *(f'"{phrase}"' for phrase in question.phrases)])
    is_one_word = len(meaning.words) == 1 and not rest  # a town, an area: searched for as any word is
    if not meaning.values or is_one_word or (result.keys and not result.is_ranked and is_named(result)):
        return result
    inner = search_public(rest, taxonomy.version) if rest else SearchResult(Question())
    meant = inner.meant and " ".join([*(typed for typed, _facet, _value in meaning.words), inner.meant])
    if inner.is_guess and meaning.values.get("kind") == {*BUSINESSES}:
        meaning = meaning.without("kind")  # who may be meant is not left out for being an institute
        if not meaning.values:
            return replace(result, meant=result.meant or meant)
    mask = meaning.mask(index)
    if rest:
        among = set(index.keys[mask].tolist())
        keys = array("q", [key for key in inner.keys if key in among])
    else:
        keys = array("q", index.keys[mask].tolist())
    if not keys or (inner.is_guess and result.keys and not result.is_guess):
        return result
    return replace(inner, keys=keys, meant=meant, understood=tuple(meaning.words))


def _meaning(text: str, index: FacetIndex, taxonomy: Taxonomy) -> Meaning:
    words, names, meaning, start = WORD.findall(text), _names(taxonomy), Meaning(), 0
    while start < len(words):
        for length in range(min(MOST_WORDS_OF_NAME, len(words) - start), 0, -1):
            typed = " ".join(words[start : start + length])
            said = spelling(asked_for(typed))
            facet, values = names.get(said) or _place(said, index)
            if values and not (facet == "kind" and start and spelling(words[start - 1]) in _FOR):
                meaning.values.setdefault(facet, set()).update(values)
                meaning.words.append((typed, facet, values[0]))
                break
        else:
            meaning.rest.append(typed)
        start += length
    if all(spelling(word) in _JOINING.split() for word in meaning.rest):
        meaning.rest.clear()
    return meaning


def _place(said: str, index: FacetIndex) -> tuple[str, tuple[str, ...]]:
    """The town or state that is called so: Leipzig, Leipziger, Sachsen, Saxony."""
    towns, states = index.facets["city"].spelt, index.facets["state"].spelt
    if town := towns.get(said) or towns.get(said.removesuffix("er")):
        return "city", (town,)
    state = states.get(spelling(STATES.get(said, said)))
    return "state", (state,) if state else ()


def terms_named(text: str, taxonomy: Taxonomy) -> dict[str, set[str]]:
    """The layers and areas that words of `text` name, other words for areas included."""
    names = {said: known for said, known in _names(taxonomy).items() if known[0] != "kind"}
    for area in taxonomy.areas:
        for word in taxonomy.area_synonyms.get(area.pk, ()):
            names.setdefault(spelling(word.name), ("area", (area.slug,)))
    words, found = WORD.findall(text), {"layer": set[str](), "area": set[str]()}
    for start in range(len(words)):
        for stop in range(start + 1, min(start + MOST_WORDS_OF_NAME, len(words)) + 1):
            facet, values = names.get(spelling(" ".join(words[start:stop])), ("area", ()))
            found[facet].update(values)
    return found


def _names(taxonomy: Taxonomy) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What words mean, by their spelling: a facet and its values."""
    names: dict[str, tuple[str, tuple[str, ...]]] = {word: ("kind", kinds) for word, kinds in KINDS.items()}
    for facet, entries in (("layer", taxonomy.layers), ("area", taxonomy.areas)):
        for entry in entries:
            for name in in_every_language(entry, "name").values():
                names[spelling(name)] = (facet, (entry.slug,))
    return names
