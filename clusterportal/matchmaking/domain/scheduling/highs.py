"""HiGHS as the schedule needs it: yes-or-no variables, whole numbers, one thread, one seed."""

from dataclasses import dataclass, field
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # loaded by who solves: it is large
    import highspy

VERSION = f"HiGHS {metadata.version('highspy')}"
_SEED = 20_260
_ENOUGH = 0.99  # points are whole numbers: a bound less than one above the value proves it


@dataclass(frozen=True)
class Solution:
    """Variables that are 1; `bound`: no solution is better. `is_proven` optimal, not stopped before."""

    ones: list[int]
    value: int
    bound: int
    is_proven: bool


class Infeasible(Exception):
    """No solution keeps all rules."""


@dataclass
class Model:
    """A maximisation over yes-or-no variables, row by row."""

    gains: list[int] = field(default_factory=list)
    rows: list[tuple[list[int], list[int], float, float]] = field(default_factory=list)

    def add(self, gain: int = 0) -> int:
        """A variable worth `gain`; returns its number."""
        self.gains.append(gain)
        return len(self.gains) - 1

    def limit(
        self,
        variables: list[int],
        *,
        most: float = np.inf,
        least: float = -np.inf,
        by: list[int] | None = None,
    ) -> None:
        """Between `least` and `most` of the variables are 1, each counted `by` its factor."""
        if variables:
            self.rows.append((variables, by or [1] * len(variables), least, most))

    def solve(self, *, seconds: float, gap: float = 0.0, start: list[int] | None = None) -> Solution:
        """The best choice within `seconds`. `gap`: a share of the value that may be left; `start`: ones to begin with.

        Raises Infeasible; also where no solution was found in time.
        """
        if not self.gains:
            return Solution([], 0, 0, True)
        # Late, here and below: it takes 9 MB, and of all processes only the job worker solves.
        import highspy

        solver = _solver(seconds, gap)
        solver.passModel(self._program())
        if start is not None:
            first = highspy.HighsSolution()
            first.col_value = [0.0] * len(self.gains)
            for number in start:
                first.col_value[number] = 1.0
            solver.setSolution(first)
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise Infeasible(str(solver.modelStatusToString(solver.getModelStatus())))
        chosen = np.flatnonzero(np.asarray(solver.getSolution().col_value) > 0.5)
        value = sum(self.gains[number] for number in chosen)
        highest = sum(gain for gain in self.gains if gain > 0)
        if np.isfinite(info.mip_dual_bound):
            highest = min(highest, int(np.floor(info.mip_dual_bound + 1e-6)))
        bound = max(value, highest)
        return Solution([int(number) for number in chosen], value, bound, bound == value)

    def _program(self) -> "highspy.HighsLp":
        import highspy  # late, as above

        program, count = highspy.HighsLp(), len(self.gains)
        program.num_col_, program.num_row_ = count, len(self.rows)
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = np.array(self.gains, dtype=float)
        program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
        program.integrality_ = [highspy.HighsVarType.kInteger] * count
        program.row_lower_ = np.array([row[2] for row in self.rows], dtype=float)
        program.row_upper_ = np.array([row[3] for row in self.rows], dtype=float)
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = count, len(self.rows)
        matrix.start_ = np.cumsum([0, *(len(row[0]) for row in self.rows)])
        matrix.index_ = np.array([number for row in self.rows for number in row[0]], dtype=np.int32)
        matrix.value_ = np.array([factor for row in self.rows for factor in row[1]], dtype=float)
        return program


def _solver(seconds: float, gap: float) -> "highspy.Highs":
    import highspy  # late, as above

    solver = highspy.Highs()
    options: dict[str, bool | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": _SEED,
        "time_limit": max(seconds, 0.01),
        "mip_abs_gap": _ENOUGH,
        "mip_rel_gap": gap,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver
