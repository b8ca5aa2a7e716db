"""How far the four steps of a plan are, computed from what stands in them."""

from dataclasses import dataclass
from datetime import date

from clusterportal.plans.domain.competences import Competences
from clusterportal.plans.domain.gaps import Gap
from clusterportal.plans.domain.timing import state_of
from clusterportal.plans.enums import ActionState, Quadrant, StepState
from clusterportal.plans.models import Action, SwotEntry

_OVER = {ActionState.DONE, ActionState.STOPPED}


@dataclass(frozen=True)
class Steps:
    competences: StepState
    swot: StepState
    synergies: StepState
    actions: StepState

    @property
    def current(self) -> int:
        """The last step that is running; where none is, the first that is not completed, or the last. 1 to 4."""
        states = (self.competences, self.swot, self.synergies, self.actions)
        if StepState.RUNNING in states:
            return max(number for number, state in enumerate(states, 1) if state == StepState.RUNNING)
        return next((number for number, state in enumerate(states, 1) if state != StepState.DONE), 4)


def steps_of(
    found: Competences, findings: list[SwotEntry], gaps: list[Gap], actions: list[Action], *, on: date
) -> Steps:
    """The four states on a day.

    1: completed when the plan has areas and actors in them. 2: when every quadrant has a finding and each a verdict.
    3: when no gap waits for a decision on its proposals. 4: when every action is done or stopped.
    """
    return Steps(
        _state(bool(found.areas), is_done=bool(found.total)),
        _state(bool(findings), is_done=_is_judged(findings)),
        _state(bool(found.total), is_done=not any(gap.is_open and gap.proposals for gap in gaps)),
        _state(bool(actions), is_done=all(state_of(action, on=on) in _OVER for action in actions)),
    )


def _state(is_begun: bool, *, is_done: bool) -> StepState:
    if not is_begun:
        return StepState.OPEN
    return StepState.DONE if is_done else StepState.RUNNING


def _is_judged(findings: list[SwotEntry]) -> bool:
    quadrants = {finding.quadrant for finding in findings}
    return quadrants == set(Quadrant.values) and all(finding.verdict for finding in findings)
