"""Plans of talks as tests need them, and participants who wish to meet."""

from clusterportal.matchmaking.domain import planning
from clusterportal.matchmaking.domain.releasing import release
from clusterportal.matchmaking.enums import Stance


def planned(hall):
    plan = planning.ask_for_plan(event=hall.event, by=hall.manager)
    planning.compute(plan=plan)
    plan.refresh_from_db()
    return plan


def announced(hall):
    plan = planned(hall)
    release(plan=plan, by=hall.manager)
    plan.refresh_from_db()
    return plan


def triangle(hall):
    """Three who all wish to meet, and a fourth whom one of them wishes for."""
    a, b, c, d = (hall.comes(name) for name in ("Alfa", "Bravo", "Charlie", "Delta"))
    hall.both(a, b)
    hall.both(a, c)
    hall.wish(b, c)
    hall.wish(c, b, Stance.WOULD)
    hall.wish(c, d)
    return a, b, c, d
