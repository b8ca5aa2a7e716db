"""The names of a list matched to the registry: a few statements for a whole batch, whatever its length."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from actors.models import Actor, Identifier
from clusterportal.core.functions import Host
from clusterportal.intake.identity.registry import descriptions
from clusterportal.matching.domain.candidates import (
    WordStatistics,
    known_words,
    with_all_words,
    with_most_words,
)
from clusterportal.matching.domain.name_query import Asked
from clusterportal.matching.domain.names import NOTHING, Likeness
from clusterportal.matching.domain.scoring import ALIKE_ENOUGH, Called, Match, best_name, decided, judged

BATCH = 50  # names that are looked up at once
SHOWN = (
    "uid",
    "slug",
    "name",
    "short_name",
    "kind",
    "city",
    "country",
)  # columns of the actors that are found
MOST_JUDGED = 6  # actors for one name, those of the most similar names
MOST_COMPARED = 12  # names compared word by word with one name
MOST_SHARING = 5  # actors on one website; more share a host

Alike = tuple[Likeness, Called | None]


def match(asked: Sequence[Asked], *, most: int = 5) -> list[list[Match]]:
    """For each question the published actors that may be meant, the best first, at most `most`.

    At most nine statements for each fifty questions.
    """
    found = []
    for start in range(0, len(asked), BATCH):
        found += _match(asked[start : start + BATCH])
    return [matches[:most] for matches in found]


def _match(asked: Sequence[Asked]) -> list[list[Match]]:
    words = known_words(asked)
    closest = _closest(asked, words)
    for number, stated in _by_evidence(asked).items():
        for actor in stated:
            closest[number].setdefault(actor, (NOTHING, None))
    keys = {actor for actors in closest for actor in actors}
    public = Actor.objects.published().filter(pk__in=keys)
    shown = public.order_by().only(*SHOWN).in_bulk() if keys else {}
    known = {pk: one for pk, one, _title in descriptions(public)} if keys else {}
    results = []
    for one, actors in zip(asked, closest, strict=True):
        candidates = []
        for actor, (alike, called) in actors.items():
            if not (actor in shown and actor in known) or (
                one.is_strict and shown[actor].kind not in one.kinds
            ):
                continue
            description = known[actor]
            if alike is NOTHING:  # found by other evidence
                alike, called = best_name(one, [description.key, *description.other_keys], words)
            candidates.append(judged(one, shown[actor], description, alike, called, words))
        results.append(decided(one, candidates, words))
    return results


def _closest(asked: Sequence[Asked], words: WordStatistics) -> list[dict[int, Alike]]:
    """For each question the actors whose names are most like it."""
    found = with_all_words(dict(enumerate(asked)), words)
    closest = [_most_alike(one, found.get(number, {}), words) for number, one in enumerate(asked)]
    again = {
        number: one
        for number, one in enumerate(asked)
        if max((alike[0].percent for alike in closest[number].values()), default=0) < ALIKE_ENOUGH
    }
    for number, names in with_most_words(again, words).items():
        closest[number] |= _most_alike(asked[number], names, words)
    return closest


def _most_alike(one: Asked, names: dict[int, list[str]], words: WordStatistics) -> dict[int, Alike]:
    """The actors of the most similar names. Of many, those that share most letters are compared word by word."""
    if len(names) > MOST_COMPARED:
        text = " ".join(one.words)
        every = [(actor, name) for actor, known in names.items() for name in known]
        texts = [name for _actor, name in every]
        near: dict[int, list[str]] = {}
        for scorer in (fuzz.token_sort_ratio, fuzz.token_set_ratio):
            for _name, _score, at in process.extract(text, texts, scorer=scorer, limit=MOST_COMPARED):
                near[every[at][0]] = names[every[at][0]]
        names = near
    alike = {actor: best_name(one, known, words) for actor, known in names.items()}
    best = sorted(alike, key=lambda actor: (-alike[actor][0].percent, actor))[:MOST_JUDGED]
    return {actor: alike[actor] for actor in best}


def _by_evidence(asked: Sequence[Asked]) -> dict[int, set[int]]:
    """By the number of a question: the actors that have an identifier or the website that it states."""
    found: dict[int, set[int]] = {}
    numbers: dict[str, set[int]] = {}
    hosts: dict[str, set[int]] = {}
    for number, one in enumerate(asked):
        for values in one.description.identifiers.values():
            for value in values:
                numbers.setdefault(value, set()).add(number)
        if one.description.host:
            hosts.setdefault(one.description.host, set()).add(number)
    if numbers:
        for value, actor in Identifier.objects.filter(value__in=numbers).values_list("value", "actor_id"):
            for number in numbers[value]:
                found.setdefault(number, set()).add(actor)
    if hosts:
        owners: dict[str, set[int]] = {}
        on_site = (
            Actor.objects.published()
            .exclude(website="")
            .annotate(host=Host("website"))
            .filter(host__in=hosts)
        )
        for host, actor in on_site.order_by().values_list("host", "pk"):
            owners.setdefault(host, set()).add(actor)
        for host, actors in owners.items():
            if len(actors) <= MOST_SHARING:
                for number in hosts[host]:
                    found.setdefault(number, set()).update(actors)
    return found
