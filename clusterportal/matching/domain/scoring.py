"""Which of the candidates is meant, how sure that is, and why: each score is explained by its features.

A name alone makes a match only where nothing is left over but a slip, and only if no other actor comes near. What else
is known of the organisation may raise or lower a score; another place or another number forbids a match.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from actors.models import Actor
from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.evidence import compare
from clusterportal.intake.identity.legal_forms import without_legal_form
from clusterportal.intake.identity.reasons import SAME_PLACE, Reason, ReasonCode
from clusterportal.matching.domain.candidates import WordStatistics
from clusterportal.matching.domain.name_query import Asked
from clusterportal.matching.domain.names import FUNCTION_WORDS, NOTHING, SHORT_WORD, Likeness, likeness

FEATURES = ("name", "place", "website", "type", "identifier")
WORTH_SHOWING = 40  # score
MARGIN = 8  # points by which a match must be ahead of the next
ALIKE_ENOUGH = 80  # percent of a name that is the same, from which the place decides
SHORT_NAME = 6  # letters up to which an acronym or other name is shared by many
SLIP_FROM = 7  # letters of a whole name from which a slip is one
TWO_SLIPS_FROM = 24
_OF_NAMES = {
    ReasonCode.SAME_NAME,
    ReasonCode.OTHER_NAME_OF,
    ReasonCode.SIMILAR_NAME,
    ReasonCode.SAME_SHORT_NAME,
    ReasonCode.OTHER_NAME,
}
_FORBIDS = {
    ReasonCode.OTHER_PLACE,
    ReasonCode.OTHER_IDENTIFIER,
    ReasonCode.OTHER_REGISTER,
    ReasonCode.OTHER_WEBSITE,
}


@dataclass(frozen=True, slots=True)
class Called:
    """One of the names of an actor. `is_own`: the full name, not a short, translated or former one."""

    words: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that may be meant, with the columns that `matching` reads.

    `features`: what the score (0 to 100) is made of, by name.
    """

    actor: Actor
    score: float
    is_match: bool = False
    features: dict[str, float | bool] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()  # beside the name
    likeness: Likeness = NOTHING
    called: Called | None = None


def best_name(asked: Asked, names: Iterable[str], words: WordStatistics) -> tuple[Likeness, Called | None]:
    """The one of an actor's names (the full one first) that is most like the name that was asked."""
    best: tuple[Likeness, Called | None] = (NOTHING, None)
    for place, name in enumerate(names):
        called = Called(_key_words(name), place == 0)
        alike = likeness(asked.words, called.words, words.weight)
        if alike.percent > best[0].percent:
            best = alike, called
    return best


@lru_cache(maxsize=20_000)  # candidates of a list come again and again
def _key_words(spelt: str) -> tuple[str, ...]:
    return tuple(without_legal_form([word for word in spelt.split() if word not in ("und", "and")]))


def judged(
    asked: Asked,
    actor: Actor,
    known: Description,
    alike: Likeness,
    called: Called | None,
    words: WordStatistics,
) -> Match:
    """The score of one actor, with its features; whether it is the match is decided among all (`decided`)."""
    asked, alike = _with_place_of_name(asked, known, alike, called, words)
    reasons = tuple(one for one in compare(asked.description, known) if one.code not in _OF_NAMES)
    codes = {one.code for one in reasons}
    score, features = alike.percent, {"name": round(alike.percent, 1)}
    if ReasonCode.OTHER_PLACE in codes:
        features["place"] = False
        score *= 0.75
    elif codes & SAME_PLACE:
        features["place"] = True
        score += (100 - score) * 0.3
    if asked.description.host:
        features["website"] = ReasonCode.SAME_WEBSITE in codes
        score = max(score, 90.0) if features["website"] else score * 0.95
    if asked.kinds:
        features["type"] = actor.kind in asked.kinds
        score = score if features["type"] else score * 0.9
    if asked.description.identifiers:
        features["identifier"] = ReasonCode.SAME_IDENTIFIER in codes
        if features["identifier"]:
            score = 100
        elif ReasonCode.OTHER_IDENTIFIER in codes:
            score *= 0.4
    return Match(actor, round(score, 1), False, features, reasons, alike, called)


def _with_place_of_name(
    asked: Asked, known: Description, alike: Likeness, called: Called | None, words: WordStatistics
) -> tuple[Asked, Likeness]:
    """Words that the actor's name lacks may say where it is: "Fraunhofer ITWM, Kaiserslautern"."""
    town = asked.tail.intersection(known.town.split())
    if not called or not alike.surplus or not town.issuperset(alike.surplus) or asked.description.has_place:
        return asked, alike
    rest = [word for word in asked.words if word not in alike.surplus]
    stated = replace(asked.description, town=known.town, town_label=known.town_label)
    return replace(asked, description=stated), likeness(rest, called.words, words.weight)


def decided(asked: Asked, judged: Sequence[Match], words: WordStatistics) -> list[Match]:
    """The actors worth showing, the best first; the first is the match if it is sure and no other comes near."""
    ordered = sorted(judged, key=lambda one: (-one.score, one.actor.pk))
    shown = [one for one in ordered if one.score >= WORTH_SHOWING]
    if (
        shown
        and _is_sure(asked, shown[0], words)
        and not any(_comes_near(one, shown[0]) for one in shown[1:])
    ):
        shown[0] = replace(shown[0], is_match=True)
    return shown


def _comes_near(rival: Match, best: Match) -> bool:
    """Whether two may be meant. A name that is the same to the letter is ahead of all that are not."""
    if best.features.get("identifier") and not rival.features.get("identifier"):
        return False
    if _forbidden(rival):
        return False
    if best.score == 100 and best.likeness.percent == 100:
        return rival.score == 100 or rival.likeness.percent == 100
    return best.score - rival.score < MARGIN


def _forbidden(one: Match) -> bool:
    """Whether what is known of the organisation speaks against an actor."""
    return any(reason.code in _FORBIDS for reason in one.reasons)


def _is_sure(asked: Asked, best: Match, words: WordStatistics) -> bool:
    """Whether an actor that has no rival is meant for sure."""
    alike = best.likeness
    if best.features.get("identifier"):
        return all(one.code != ReasonCode.OTHER_IDENTIFIER for one in best.reasons)
    if _forbidden(best) or best.features.get("type") is False:
        return False
    if best.features.get("website") and alike.percent >= WORTH_SHOWING:
        return True
    is_here = bool(best.features.get("place"))
    if not alike.is_whole:
        left = "".join((*alike.surplus, *alike.missing))
        return is_here and alike.percent >= ALIKE_ENOUGH and not any(map(str.isdecimal, left))
    letters = len("".join(best.called.words)) if best.called else 0
    if not is_here and letters <= SHORT_NAME and not (best.called and best.called.is_own):
        return False
    if not alike.slips or is_here:
        return True
    is_slip = all(_is_slip(word, meant, asked, words) for word, meant in alike.slipped)
    most = 2 if letters >= TWO_SLIPS_FROM else 1
    return is_slip and letters >= SLIP_FROM and alike.slips <= most


def _is_slip(word: str, meant: str, asked: Asked, words: WordStatistics) -> bool:
    """Whether a word is a slip for another: neither an acronym (IWU, IWM) nor a word that others have as it is."""
    if len(meant) < SHORT_WORD:
        return meant in FUNCTION_WORDS
    return word not in asked.acronyms and not words.is_used(word)
