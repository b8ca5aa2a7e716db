"""Planning some rows again: after a repair, or when a row is left out or taken after all.

What a row does depends on its cells, on the registry, and on the other rows about the same actor. So these rows are
planned together, and no others. Should that ever miss a row, nothing wrong is written: before the writing the whole
table is planned once more, and compared row by row with what the preview shows.
"""

from collections.abc import Collection

from django.db.models import Q

from clusterportal.imports.domain.checking import plan_of, store_some
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.models import ImportRun
from clusterportal.intake.plan import Plan

PLANNED_WHOLE_UP_TO = 500  # rows; such a table is planned as a whole in about a second
READ_UP_TO = 20_000  # rows; reading more of them takes longer than people wait for a page
MOST_TOGETHER = 500  # rows planned again at once


def replan(run: ImportRun, numbers: Collection[int]) -> bool:
    """Plan these rows and those about the same actors again; False where the whole table has to be checked.

    Raises UnreadableTable, PermissionDenied.
    """
    if run.total <= PLANNED_WHOLE_UP_TO or run.total > READ_UP_TO or not are_independent(run):
        return False
    together = _with_dependents(run, {*numbers})
    if len(together) > MOST_TOGETHER:
        return False
    plan = plan_of(run, only=together)
    if others := _about_the_same(run, plan) - together:
        together |= _with_dependents(run, others)
        if len(together) > MOST_TOGETHER:
            return False
        plan = plan_of(run, only=together)
    store_some(run, plan)
    return True


def dependents(run: ImportRun, numbers: Collection[int]) -> set[int]:
    """Rows that are not taken, or are remarked on, because of one of these rows."""
    return {*run.rows.mentioning(numbers).values_list("number", flat=True)} - {*numbers}


def _with_dependents(run: ImportRun, numbers: set[int]) -> set[int]:
    return numbers | dependents(run, numbers)


def are_independent(run: ImportRun) -> bool:
    """Whether rows meet only in their actors: relations join any two rows, and lists are planned as a whole."""
    return (
        run.noun == ImportNoun.ACTORS
        and "mapping" in run.options
        and "relations" not in run.options["mapping"].values()
    )


def _about_the_same(run: ImportRun, plan: Plan) -> set[int]:
    """Rows of the preview with an actor or a name that a row of the plan has."""
    actors = {entry.pk for entry in plan.entries if entry.pk}
    actors |= {candidate.pk for entry in plan.entries for candidate in entry.candidates}
    names = {entry.title[:300] for entry in plan.entries if entry.title}
    same = Q(record__in=actors) | Q(title__in=names)
    for actor in actors:
        same |= Q(candidates__contains=[[actor]])
    rows = run.rows.filter(same)
    return {*rows.values_list("number", flat=True)}
