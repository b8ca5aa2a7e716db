"""From rows to a plan: the steps in their order, some rows at a time."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.columns.values import some_of
from clusterportal.intake.plan import LEFT_OUT, Entry, Outcome, Plan, Probable
from clusterportal.intake.planning.actor_changes import ActorComparison
from clusterportal.intake.planning.normalising import normalised_values
from clusterportal.intake.planning.relation_changes import plan_relations
from clusterportal.intake.planning.rights import ClusterRights, Rights
from clusterportal.intake.planning.row_matcher import Decisions, RowMatcher, Rows
from clusterportal.intake.planning.row_reader import RowReader
from clusterportal.intake.profiles import Profile
from clusterportal.intake.row_facts import Reference, RowFacts

_TOPICS_NAMED = 50
CHUNK = 1000  # rows that are compared with the registry at once


def make_plan(
    rows: Iterable[tuple[int, dict]],
    *,
    profile: Profile,
    state: str | None = None,
    cluster: str | None = None,
    by=None,
    writes_for: Collection[str] | None = None,
    decisions: Decisions | None = None,
    probable: Probable = Probable.NEW,
    on_progress: Callable[[int], None] = lambda rows_done: None,
    only: Collection[int] | None = None,
) -> Plan:
    """What importing `rows` (number, {column: value}) would do.

    `state`: of new actors, whatever the rows say.
    `cluster`: slug of a cluster of which every actor becomes a member.
    `by`: the acting person, who gets what their rights allow; None is the command line, which may do everything.
    `writes_for`: slugs of the clusters for which a program writes, in place of a person.
    `decisions`: row number -> the actor it means, None for a really new one, or LEFT_OUT; for probable matches.
    `probable`: what becomes of a probable match that nobody decided.
    `only`: numbers of rows to plan; the others only show how the columns are written.
    Raises PermissionDenied when `by` may not import at all, or not into this cluster.
    """
    planner = _Planner(
        profile,
        state=state,
        cluster=cluster,
        by=by,
        writes_for=writes_for,
        probable=Probable(probable),
        decisions=decisions or {},
    )
    return planner.run(rows, on_progress, only=only)


class _Planner:
    def __init__(
        self,
        profile: Profile,
        *,
        state: str | None,
        cluster: str | None,
        by,
        writes_for: Collection[str] | None,
        probable: Probable,
        decisions: Decisions,
    ):
        self.profile, self.probable, self.decisions = profile, probable, decisions
        self.plan = Plan()
        if writes_for is None:
            self.rights = Rights(by, cluster=cluster, notes=self.plan.notes)
        else:
            self.rights = ClusterRights(writes_for, notes=self.plan.notes)
        left_out = {row for row, decision in decisions.items() if decision == LEFT_OUT}
        self.reader = RowReader(self.plan, profile, self.rights, cluster=cluster, left_out=left_out)
        self.matcher = RowMatcher(
            self.plan,
            visible=self.rights.visible_actors(),
            matches_names=profile.matches_names,
            probable=probable,
            decisions=decisions,
        )
        self.comparison = ActorComparison(profile, self.rights, state=self.rights.state(state))
        self.entries_by_key: dict[Reference, Entry] = {}  # for relations that name another row's actor

    def run(
        self,
        rows: Iterable[tuple[int, dict]],
        on_progress: Callable[[int], None],
        *,
        only: Collection[int] | None = None,
    ) -> Plan:
        rows = iter(rows)
        while chunk := list(islice(rows, CHUNK)):
            self.reader.observe(chunk)
            if only is not None:
                chunk = [(number, row) for number, row in chunk if number in only]
            self.plan.read += len(chunk)
            matched = self.matcher.match(self.reader.read(chunk)) if chunk else []
            self._compare(self._within_reach(matched))
            on_progress(self.plan.read)
        plan_relations(self.plan, self.entries_by_key, is_lenient=self.profile.fills_empty_fields)
        self._note_missing_kinds()
        self._note_new_topics()
        self.plan.check_counts()
        return self.plan

    def _within_reach(self, matched: Rows) -> Rows:
        """The rows whose actor the person may change; the others are refused."""
        beyond = self.rights.beyond_reach(entry.pk for entry, _facts in matched if entry.pk)
        for entry, _facts in matched:
            if entry.pk in beyond:
                reason = _("This actor belongs to none of your clusters: you may not change it.")
                self.plan.refuse(entry, ("name", entry.title, reason))
        return [(entry, facts) for entry, facts in matched if entry.pk not in beyond]

    def _compare(self, matched: Rows) -> None:
        """Fills the entries with what changes."""
        reviewed = self.rights.waiting_for_review(entry.pk for entry, _facts in matched if entry.pk)
        for entry, facts, current, reason in self.comparison.compare(matched):
            if entry.outcome is Outcome.CHANGED and entry.pk in reviewed:
                reason = ("", "", _("The actor is published: open it, and your change goes to review."))
            if reason:
                self.plan.refuse(entry, reason)
                continue
            entry.normalised = normalised_values(facts)
            for remark in facts.remarks if entry.outcome is not Outcome.UNCHANGED else ():
                self.plan.remark(entry, *remark)
            if entry.outcome is Outcome.NEW and entry.candidates and self.probable is Probable.ASK:
                entry.outcome = Outcome.POSSIBLE if entry.row not in self.decisions else Outcome.NEW
            self._remember_keys(entry, facts, current)
            if entry.outcome is not Outcome.POSSIBLE:
                entry.links = facts.links
                replaced = self.profile.replaces & facts.parts.keys()
                entry.replaces_relations = "relations" in replaced and not facts.fills_empty_fields
                entry.fills_relations = "relations" in self.profile.fills

    def _remember_keys(self, entry: Entry, facts: RowFacts, current: dict | None) -> None:
        for item in facts.parts.get("identifiers", ()):
            self.entries_by_key[Reference(item["scheme"], item["value"])] = entry
        for fields in (current or {}, facts.fields, entry.fields):
            if slug := fields.get("slug"):
                self.entries_by_key[Reference("slug", slug)] = entry

    def _note_missing_kinds(self) -> None:
        """One note for the whole table instead of a problem that every row repeats."""
        count = sum(problem.column == "kind" and not problem.value for problem in self.plan.problems)
        if count > 1:
            text = _(
                "%(count)s rows do not say what kind of actor they are about. Map a column to it, or say it once "
                "for all rows."
            )
            self.plan.notes.append(text % {"count": count})

    def _note_new_topics(self) -> None:
        """One note that names the topics which the import makes."""
        if topics := self.plan.used_topics:
            text = ngettext(
                "%(count)s new topic: %(names)s.", "%(count)s new topics: %(names)s.", len(topics)
            )
            names = {"count": len(topics), "names": some_of(topics.values(), most=_TOPICS_NAMED)}
            self.plan.notes.append(text % names)
