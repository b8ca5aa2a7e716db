"""What a plan makes of the place of each row; shared by the tests of addresses and of postcodes."""

from clusterportal.intake.plan import Outcome
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile

_PLACE = ("street", "postcode", "city", "country", "latitude", "longitude")


def plan_of(*rows: dict, rules=None):
    numbered = enumerate(({"name": f"A{n}", "kind": "other"} | row for n, row in enumerate(rows)), start=2)
    return make_plan(numbered, profile=rules or profile("registry"))


def places(plan) -> list:
    """What of the place each row would write; None for a row that is refused."""
    return [
        None
        if entry.outcome is Outcome.INVALID
        else {name: entry.fields[name] for name in _PLACE if entry.fields.get(name) not in ("", None)}
        for entry in plan.entries
    ]


def reasons(plan) -> list[tuple[str, str]]:
    return [(problem.column, problem.reason) for problem in plan.problems]
