"""A matched list as the page shows it and as a table to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.intake.identity.reasons import ReasonCode, reason
from clusterportal.matching.domain.lists import NameList
from clusterportal.matching.domain.matching import match
from clusterportal.matching.domain.scoring import Match
from clusterportal.tables.writer import Table

OFFERED = 5  # actors among which people choose
COLUMNS = ("uid", "slug", "actor_name", "score")  # that are added to a table


@dataclass(frozen=True)
class Candidate:
    actor: Actor
    score: float
    reasons: str


@dataclass(frozen=True)
class Line:
    """One row of the list. `picked`: the actor that is sure, or that somebody chose."""

    number: int
    name: str
    more: str  # what else the row says of the organisation
    candidates: list[Candidate] = field(default_factory=list)
    is_sure: bool = False
    picked: Candidate | None = None


@dataclass(frozen=True)
class MatchedList:
    names: NameList
    lines: list[Line]

    @property
    def sure(self) -> list[Line]:
        return [line for line in self.lines if line.is_sure]

    @property
    def unsure(self) -> list[Line]:
        return [line for line in self.lines if line.candidates and not line.is_sure]

    @property
    def unknown(self) -> list[Line]:
        return [line for line in self.lines if not line.candidates]

    def table(self) -> Table:
        """The list with uid, slug, name and score of the actors; empty where there is none."""
        taken = set(self.names.titles)
        columns = [*self.names.titles, *(one if one not in taken else f"{one} (2)" for one in COLUMNS)]
        return Table(_("Matched list"), columns, self._rows, lambda: ())

    def _rows(self):
        for row, line in zip(self.names.rows, self.lines, strict=True):
            found = line.picked
            added = (
                [str(found.actor.uid), found.actor.slug, found.actor.name, found.score] if found else [""] * 4
            )
            yield [*row, *added]


def matched(names: NameList, picks: Mapping[int, str]) -> MatchedList:
    """`names` matched to the registry. `picks`: by the number of a row the uid that somebody chose."""
    asked = names.asked()
    found = match(asked, most=OFFERED)
    column = names.columns["name"]
    others = [at for meaning, at in names.columns.items() if meaning != "name"]
    lines = []
    for number, (row, matches) in enumerate(zip(names.rows, found, strict=True)):
        candidates = [Candidate(one.actor, one.score, _reasons(one)) for one in matches]
        is_sure = bool(candidates) and matches[0].is_match
        chosen = next((one for one in candidates if str(one.actor.uid) == picks.get(number)), None)
        more = ", ".join(row[at] for at in others if row[at])
        picked = candidates[0] if is_sure else chosen
        lines.append(Line(number, row[column] or "–", more, candidates, is_sure, picked))
    return MatchedList(names, lines)


def _reasons(one: Match) -> str:
    """Why an actor may be meant, the name first."""
    said: list[str] = []
    if one.likeness.percent == 100:
        said.append(reason(ReasonCode.SAME_NAME).sentence)
    elif one.likeness.percent:
        said.append(reason(ReasonCode.SIMILAR_NAME, weight=0, percent=round(one.likeness.percent)).sentence)
    if one.called and not one.called.is_own:
        said.append(_("another of its names"))
    ordered: Sequence = sorted(one.reasons, key=lambda reason: -reason.weight)
    return ", ".join([*said, *(reason.sentence for reason in ordered)])
