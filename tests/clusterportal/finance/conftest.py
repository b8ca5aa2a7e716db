from datetime import date
from decimal import Decimal

import pytest

from clusterportal.finance.models import Budget, BudgetLine, PathPoint

TODAY = date(2026, 11, 26)
SOURCES = ("public_funding", "membership_fees", "services", "projects")
# As in the design: plan and actual of the four sources, in thousands.
PLAN = {2024: (150, 34, 16, 24), 2025: (135, 36, 26, 40), 2026: (120, 38, 36, 46), 2027: (98, 40, 42, 65)}
ACTUAL = {2024: (151.8, 33.2, 15, 20), 2025: (133.4, 36, 24.6, 36), 2026: (124.8, 38.4, 33.6, 43.2)}
DOCUMENTED = (20, 20, 25, 30, 40, 50, 60, 70, 70)


@pytest.fixture
def make_budget():
    def make(cluster, year: int, plan=(), actual=(), **fields) -> Budget:
        budget = Budget.objects.create(cluster=cluster, year=year, **fields)
        for number, source in enumerate(SOURCES):
            amounts = {"plan": plan[number] if plan else None, "actual": actual[number] if actual else None}
            said = {k: None if v is None else Decimal(str(v)) * 1000 for k, v in amounts.items()}
            if any(v is not None for v in said.values()):
                BudgetLine.objects.create(budget=budget, source=source, **said)
        return budget

    return make


@pytest.fixture
def make_course(make_budget):
    def make(cluster) -> None:
        """The four years of the design and the documented path, 2026 on its sixth point."""
        for year, plan in PLAN.items():
            make_budget(cluster, year, plan, ACTUAL.get(year, ()), point=6 if year == 2026 else None)
        for position, share in enumerate(DOCUMENTED, 1):
            PathPoint.objects.create(
                cluster=cluster, position=position, own_share=share, evidence="Slides", is_example=True
            )

    return make
