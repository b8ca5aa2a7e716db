"""From rows to a plan: checked, matched with the registry, compared, some rows at a time. Writes nothing."""

from collections.abc import Callable, Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from actors.columns.cells import in_short
from actors.columns.fields import COLUMN_OF
from actors.columns.parts import CLUSTERS, PARTS, Vocabulary, clean_items
from actors.columns.placeholders import stated
from actors.columns.values import clean_value, first_reason
from actors.enums import MembershipKind
from actors.models import Actor
from clusterportal.intake.plan import LEAVE, Entry, Outcome, Plan, Probable, named
from clusterportal.intake.planning.actor_changes import Comparing
from clusterportal.intake.planning.item_cells import read_cells
from clusterportal.intake.planning.matching import Known, Meaning, Seen, has_own_key, match
from clusterportal.intake.planning.normalising import normalise, rewritten
from clusterportal.intake.planning.relation_changes import links_of_items, plan_relations
from clusterportal.intake.planning.rights import Rights
from clusterportal.intake.planning.short_postcodes import ShortPostcodes
from clusterportal.intake.planning.similar_actors import Repetitions, Resembling
from clusterportal.intake.profiles import Profile
from clusterportal.intake.row_facts import RowFacts
from clusterportal.tables.headers import BEYOND, FOOTNOTE
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable_cells import Unreadable

CHUNK = 1000  # rows that are compared with the registry at once
_KEPT_WHEN_EMPTY = ("uid", "slug", "name", "kind", "country", "state")  # an empty cell of these says nothing
Read = list[tuple[Entry, RowFacts]]


def make_plan(
    rows: Iterable[tuple[int, dict]],
    *,
    profile: Profile,
    state: str | None = None,
    cluster: str | None = None,
    by=None,
    decisions: dict[int, int | str | None] | None = None,
    probable: Probable = Probable.NEW,
    on_progress: Callable[[int], None] = lambda rows_done: None,
) -> Plan:
    """What importing `rows` (number, {column: value}) would do.

    `state`: of new actors, whatever the rows say.
    `cluster`: slug of a cluster of which every actor becomes a member.
    `by`: the acting person, who gets what their rights allow; None is the command line, which may everything.
    `decisions`: row number -> the actor it means, None for a really new one, or LEAVE; for probable matches.
    `probable`: what becomes of a probable match that nobody decided.
    Raises PermissionDenied when `by` may not import at all, or not into this cluster.
    """
    planner = _Planner(profile, cluster, by, probable=Probable(probable), decisions=decisions or {})
    planner.comparing = Comparing(profile, planner.rights, state=planner.rights.state(state))
    return planner.plan(rows, on_progress)


class _Planner:
    comparing: Comparing

    def __init__(self, profile: Profile, cluster: str | None, by, *, probable: Probable, decisions: dict):
        self.profile, self.cluster, self.probable, self.decisions = profile, cluster, probable, decisions
        self.outcome = Plan()
        self.rights = Rights(by, cluster=cluster, notes=self.outcome.notes)
        self.vocabulary = Vocabulary()
        self.postcodes = ShortPostcodes()
        self.seen = Seen()
        self.resembling, self.repetitions = Resembling(by), Repetitions()
        # Actor -> the row that speaks of it under a former name or key.
        self.gap_fillers: dict[int, Entry] = {}
        self.prints: dict[int, int] = {}  # fingerprint of a row -> its number
        # Actors that rows mean for certain.
        self.claimed: set[int] = {pk for pk in decisions.values() if isinstance(pk, int)}
        self.known_as: dict = {}  # (scheme or "slug", value) -> entry, for relations

    def plan(self, rows, on_progress) -> Plan:
        rows = iter(rows)
        while chunk := list(islice(rows, CHUNK)):
            self.outcome.read += len(chunk)
            self._take(chunk)
            on_progress(self.outcome.read)
        plan_relations(self.outcome, self.known_as, forgiving=self.profile.fills_gaps)
        self._note_what_lacks()
        self.outcome.check_accounts()
        return self.outcome

    def _note_what_lacks(self) -> None:
        """What no row says, said once."""
        count = sum(problem.column == "kind" and not problem.value for problem in self.outcome.problems)
        if count > 1:
            text = _(
                "%(count)s rows do not say what kind of actor they are about. Map a column to it, or say it once "
                "for all rows."
            )
            self.outcome.notes.append(text % {"count": count})

    def _take(self, chunk) -> None:
        self.postcodes.look_at(row for _number, row in chunk)
        valid = [found for number, row in chunk if (found := self._read(number, row))]
        matched = self._match(valid)
        beyond = self.rights.beyond_reach(entry.pk for entry, _facts in matched if entry.pk)
        open_to = [pair for pair in matched if not self._is_beyond(pair[0], beyond)]
        reviewed = self.rights.waiting_for_review(entry.pk for entry, _facts in open_to if entry.pk)
        for entry, facts, current, reason in self.comparing.compare(open_to):
            if entry.outcome is Outcome.CHANGED and entry.pk in reviewed:
                reason = ("", "", _("The actor is published: open it, and your change goes to review."))
            if reason:
                self.outcome.refuse(entry, reason)
                continue
            entry.normalised = rewritten(facts)
            for remark in facts.remarks if entry.outcome is not Outcome.UNCHANGED else ():
                self.outcome.remark(entry, *remark)
            if entry.outcome is Outcome.NEW and entry.candidates and self.probable is Probable.ASK:
                entry.outcome = Outcome.POSSIBLE if entry.row not in self.decisions else Outcome.NEW
            self._remember(entry, facts, current)
            if entry.outcome is not Outcome.POSSIBLE:
                entry.links = facts.links
                named = self.profile.replaces & facts.parts.keys()
                entry.replaces_relations = "relations" in named and not facts.fills_gaps

    def _is_beyond(self, entry: Entry, beyond: set[int]) -> bool:
        if entry.pk not in beyond:
            return False
        reason = _("This actor belongs to none of your clusters: you may not change it.")
        self.outcome.refuse(entry, ("name", entry.title, reason))
        return True

    # ---------- one row by itself ----------
    def _read(self, number: int, row: dict) -> tuple[Entry, RowFacts] | None:
        entry = Entry(number, Outcome.UNCHANGED)
        self.outcome.entries.append(entry)
        if width := row.pop(BEYOND, None):
            reason = _("The row has %(cells)s cells, more than the header. Is there a delimiter in a text?")
            self.outcome.refuse(entry, ("", "", reason % {"cells": width}))
            return None
        if FOOTNOTE in row:
            self.outcome.pass_over(entry, row[FOOTNOTE].reason)
            return None
        if not any(map(filled, row.values())):
            self.outcome.skip(entry, _("The row is empty in every column that is imported."))
            return None
        fingerprint = hash(repr(row))
        if earlier := self.prints.get(fingerprint):
            self.outcome.skip(entry, _("The row is the same as row %(row)s.") % {"row": earlier})
            return None
        self.prints[fingerprint] = number
        facts = self._facts_of(row)
        if len(row) > 2 and [name for name, cell in row.items() if filled(cell)] == ["name"]:
            text = _("The row holds nothing but a name. Is it a group's title, or a note?")
            facts.remark("name", facts.fields.get("name"), text)
        entry.title = str(facts.fields.get("name") or "")
        if facts.skipped or self.decisions.get(number) == LEAVE:
            self.outcome.skip(entry, facts.skipped or _("Left out by decision."))
            return None
        self.rights.narrow(facts)
        self._clean(facts)
        if facts.problems:
            self.outcome.refuse(entry, *facts.problems)
            return None
        return entry, facts

    def _facts_of(self, row: dict) -> RowFacts:
        """What the row says; a cell that cannot be trusted says nothing but why."""
        doubtful = {name: cell for name, cell in row.items() if isinstance(cell, Unreadable)}
        facts = self.profile.facts_of(stated({n: cell for n, cell in row.items() if n not in doubtful}))
        for name, cell in doubtful.items():
            facts.blame(name, cell, str(cell.reason))
        read_cells(facts, knows=self.vocabulary.knows)
        return facts

    def _join_cluster(self, facts: RowFacts) -> None:
        if not self.cluster:
            return
        member = {"cluster": self.cluster, "kind": MembershipKind.MEMBER.value}
        if "clusters" not in facts.parts:
            facts.partial.add("clusters")
        named = facts.parts.setdefault("clusters", [])
        if not any(CLUSTERS.identity_of(item) == CLUSTERS.identity_of(member) for item in named):
            named.append(member)

    def _clean(self, facts: RowFacts) -> None:
        normalise(facts, self.postcodes)
        for name, value in list(facts.fields.items()):
            if name in _KEPT_WHEN_EMPTY and (value is None or value == ""):
                del facts.fields[name]
                continue
            try:
                facts.fields[name] = cleaned = clean_value(Actor, name, value)
            except ValidationError as error:
                facts.blame(COLUMN_OF.get(name, name), value, first_reason(error))
                continue
            if name in _WRITTEN_OUT and str(value) not in (str(cleaned), f"{cleaned}.0"):
                facts.written.setdefault(name, value)
        for column, items in facts.parts.items():
            try:
                facts.parts[column] = clean_items(PARTS[column], items, self.vocabulary)
            except ValidationError as error:
                cell = facts.cells.get(column) or in_short(column, items)
                facts.blame(column, cell, first_reason(error))
        if not facts.problems:
            self._join_cluster(facts)
        if not self.rights.reaches_all and "clusters" in facts.parts and not facts.problems:
            facts.parts["clusters"] = self.rights.own_memberships(facts.parts["clusters"])
        if "relations" in facts.parts:
            facts.links += links_of_items(facts.parts["relations"])

    # ---------- which actor a row means ----------
    def _match(self, valid: Read) -> Read:
        names = self.profile.matches_names
        known = Known.of((facts for _entry, facts in valid), with_names=names)
        found, fresh = [], []
        for entry, facts in valid:
            if self._take_meaning(entry, facts, match(facts, known)):
                found.append((entry, facts))
                if entry.pk is None and facts.fields.get("name"):
                    fresh.append((entry, facts))
        likely = {entry.row: self.resembling.like(facts) for entry, facts in fresh}
        for entry, facts in fresh:
            if names and entry.row not in self.decisions and not has_own_key(facts):
                self._take_meaning(entry, facts, self.resembling.meaning(facts, likely[entry.row]))
        self._find_probable([pair for pair in fresh if pair[0].pk is None], likely)
        return [(entry, facts) for entry, facts in found if self._is_first(entry, facts)]

    def _take_meaning(self, entry: Entry, facts: RowFacts, meaning: Meaning) -> bool:
        """Notes which actor the row means; False where that cannot be told."""
        if meaning.refusal:
            self.outcome.refuse(entry, meaning.refusal)
            return False
        entry.pk, facts.fills_gaps = meaning.pk, meaning.fills_gaps
        if meaning.remark:
            facts.remark("name", entry.title, meaning.remark)
        if entry.pk and not meaning.fills_gaps:
            self.claimed.add(entry.pk)
            if earlier := self.gap_fillers.pop(entry.pk, None):
                self.outcome.skip(earlier, _another_row_speaks())
        if meaning.keeps_name:
            facts.fields.pop("name", None)
        return True

    def _is_first(self, entry: Entry, facts: RowFacts) -> bool:
        if entry.outcome in (Outcome.SKIPPED, Outcome.INVALID):
            return False
        if facts.fills_gaps:
            return self._fills_first(entry)
        reason = self.seen.repeated(facts, row=entry.row, pk=entry.pk)
        if reason is None and entry.pk is None:
            has_key = has_own_key(facts) or facts.parts.get("identifiers")
            reason, words = self.repetitions.look(facts, row=entry.row)
            reason = None if has_key or not self.profile.matches_names else reason
            if words and self.probable is Probable.SKIP:
                self.outcome.skip(entry, words)
                return False
            if words:
                facts.remark("name", entry.title, words)
        if reason:
            self.outcome.refuse(entry, reason)
        return reason is None

    def _fills_first(self, entry: Entry) -> bool:
        """One row fills the gaps of an actor, and only where no row speaks of the actor itself."""
        if entry.pk in self.claimed or entry.pk in self.gap_fillers:
            self.outcome.skip(entry, _another_row_speaks())
            return False
        self.gap_fillers[entry.pk] = entry
        return True

    def _find_probable(self, fresh: Read, likely: dict) -> None:
        for entry, _facts in fresh:
            is_decided = entry.row in self.decisions
            taken = set() if is_decided else self.claimed
            entry.candidates = self.resembling.candidates(likely[entry.row], taken=taken)
            if is_decided:
                entry.pk = self.decisions[entry.row]
            elif entry.candidates and self.probable is Probable.MATCH:
                entry.pk = entry.candidates[0].pk
            elif entry.candidates and self.probable is Probable.SKIP:
                self.outcome.skip(entry, named(entry.candidates))

    def _remember(self, entry: Entry, facts: RowFacts, current: dict | None) -> None:
        for item in facts.parts.get("identifiers", ()):
            self.known_as[item["scheme"], item["value"]] = entry
        for fields in (current or {}, facts.fields, entry.fields):
            if slug := fields.get("slug"):
                self.known_as["slug", slug] = entry


# Fields of which it is worth a word that they were rewritten: codes and days are only read.
_WRITTEN_OUT = {"founded"} | {
    field.name
    for field in Actor._meta.concrete_fields
    if isinstance(field, (models.CharField, models.TextField)) and not field.choices
}


def _another_row_speaks() -> str:
    return _("A former name or key of an actor of which another row speaks: left out.")
