"""Which actor each row means: by its keys, by a name that is the same, or by what somebody decided."""

from collections.abc import Set

from django.utils.translation import gettext as _

from actors.querysets import ActorQuerySet
from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.index import PossibleMatch
from clusterportal.intake.plan import Entry, Outcome, Plan, Probable, candidates_in_words
from clusterportal.intake.planning.matching import (
    FileKeys,
    Match,
    RegistryKeys,
    best_match,
    description_of,
    has_own_key,
    match_by_key,
)
from clusterportal.intake.planning.similar_actors import SimilarActors, SimilarRows
from clusterportal.intake.row_facts import RowFacts

Rows = list[tuple[Entry, RowFacts]]
Decisions = dict[
    int, int | str | None
]  # row number -> primary key of the actor, None for a new one, or LEFT_OUT


class RowMatcher:
    """Matches rows with actors of the registry.

    `visible`: those that people may be told of; `matches_names`: a name can be enough.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        visible: ActorQuerySet,
        matches_names: bool,
        probable: Probable,
        decisions: Decisions,
    ):
        self.plan, self.matches_names = plan, matches_names
        self.probable, self.decisions = probable, decisions
        self.file_keys = FileKeys()
        self.similar_actors, self.similar_rows = SimilarActors(visible), SimilarRows()
        # Actors that a row means for certain, and rows that name an actor by a former name or key.
        self.certain: set[int] = {pk for pk in decisions.values() if isinstance(pk, int)}
        self.rows_filling_empty_fields: dict[int, Entry] = {}

    def match(self, rows: Rows) -> Rows:
        """The rows that are taken, their entries with the actor that they mean (`pk`), None for a new one."""
        keys = RegistryKeys.of((facts for _entry, facts in rows), with_names=self.matches_names)
        told = [
            (entry, facts) for entry, facts in rows if self._apply(entry, facts, match_by_key(facts, keys))
        ]
        unknown = [(entry, facts) for entry, facts in told if entry.pk is None]
        described = {entry.row: description_of(facts) for entry, facts in unknown}
        unknown = [(entry, facts) for entry, facts in unknown if facts.fields.get("name")]
        similar = {entry.row: self.similar_actors.find(described[entry.row]) for entry, _facts in unknown}
        for entry, facts in unknown:
            if self.matches_names and entry.row not in self.decisions and not has_own_key(facts):
                name = facts.fields["name"]
                self._apply(entry, facts, best_match(described[entry.row], similar[entry.row], name=name))
        for entry, _facts in unknown:
            if entry.pk is None:
                self._offer_candidates(entry, similar[entry.row])
        return [
            (entry, facts) for entry, facts in told if self._is_first(entry, facts, described.get(entry.row))
        ]

    def _apply(self, entry: Entry, facts: RowFacts, match: Match) -> bool:
        """Notes which actor the row means; False where that cannot be told, or the row is refused."""
        if match.refusal:
            self.plan.refuse(entry, match.refusal)
            return False
        entry.pk, facts.fills_empty_fields = match.pk, match.fills_empty_fields
        if match.remark:
            facts.add_remark("name", entry.title, match.remark)
        if entry.pk and not match.fills_empty_fields:
            self.certain.add(entry.pk)
            if earlier := self.rows_filling_empty_fields.pop(entry.pk, None):
                self.plan.skip(earlier, _another_row_speaks())
        if match.keeps_name:
            facts.fields.pop("name", None)
        return True

    def _offer_candidates(self, entry: Entry, similar: list[PossibleMatch]) -> None:
        """Actors that the row probably means, for people to decide; or what is decided about the row already."""
        is_decided = entry.row in self.decisions
        taken: Set[int] = frozenset() if is_decided else self.certain
        entry.candidates = self.similar_actors.candidates(similar, taken=taken)
        if is_decided:
            decision = self.decisions[entry.row]
            entry.pk = decision if isinstance(decision, int) else None
        elif entry.candidates and self.probable is Probable.MATCH:
            entry.pk = entry.candidates[0].pk
        elif entry.candidates and self.probable is Probable.SKIP:
            self.plan.skip(entry, candidates_in_words(entry.candidates))

    # ---------- rows beside each other ----------
    def _is_first(self, entry: Entry, facts: RowFacts, description: Description | None) -> bool:
        """Whether no earlier row of the file is about the same actor; otherwise the row is closed or remarked."""
        if entry.outcome in (Outcome.SKIPPED, Outcome.INVALID):
            return False
        if facts.fills_empty_fields and entry.pk:
            return self._fills_first(entry, entry.pk)
        reason = self.file_keys.repeated(facts, row=entry.row, pk=entry.pk)
        if reason is None and entry.pk is None and description:
            name = facts.fields.get("name") or ""
            reason, remark = self.similar_rows.add(description, name=name, row=entry.row)
            if has_own_key(facts) or facts.parts.get("identifiers") or not self.matches_names:
                reason = None
            if remark and self.probable is Probable.SKIP:
                self.plan.skip(entry, remark)
                return False
            if remark:
                facts.add_remark("name", entry.title, remark)
        if reason:
            self.plan.refuse(entry, reason)
        return reason is None

    def _fills_first(self, entry: Entry, pk: int) -> bool:
        """One row fills the empty fields of an actor, and only where no row names the actor itself."""
        if pk in self.certain or pk in self.rows_filling_empty_fields:
            self.plan.skip(entry, _another_row_speaks())
            return False
        self.rows_filling_empty_fields[pk] = entry
        return True


def _another_row_speaks() -> str:
    return _("A former name or key of an actor of which another row speaks: left out.")
