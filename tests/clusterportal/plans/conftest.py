"""A plan of two clusters about two areas, and actors around its gaps."""

from types import SimpleNamespace

import pytest

from actors.models import LayerPlacement
from clusterportal.plans.models import PlanOwner
from tests.factories import make_action, make_actor, make_area, make_cluster, make_person, make_plan


@pytest.fixture
def world(chain):
    """`kl` leads, `le` agreed. In `auto` kl lacks layers 2, 4, 5, in `energy` all; le lacks all of `auto` but 4."""
    auto, energy = make_area("auto", position=1), make_area("energy", position=2)
    kl, le = make_cluster("kl", position=1), make_cluster("le", position=2)
    plan = make_plan(kl, areas=[auto, energy], slug="plan", title_de="Strom")
    PlanOwner.objects.create(plan=plan, cluster=le, has_agreed=True)
    actors = {
        "basis": make_actor("Basis", layers=[1, 3], areas=[auto], clusters=[kl]),
        "both": make_actor("Beides", layers=[4], areas=[auto, energy], clusters=[le], kind="company"),
        "alone": make_actor("Allein", layers=[4], areas=[auto], kind="company"),
        "draft": make_actor("Geheim", layers=[4], areas=[auto], state="draft"),
    }
    LayerPlacement.objects.filter(actor=actors["both"]).update(note_de="Baut Ladesäulen ein.")
    return SimpleNamespace(
        plan=plan,
        kl=kl,
        le=le,
        auto=auto,
        energy=energy,
        chain=chain,
        **actors,
        manager=make_person("manager", clusters=[kl]),
        other=make_person("manager", clusters=[le]),
        stranger=make_person("manager", clusters=[make_cluster("far", position=3)]),
        action=make_action(plan, slug="laden", title_de="Laden testen"),
    )
