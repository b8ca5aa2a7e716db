"""The demo registry: real, complete, and the same after the second loading."""

import csv
import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from actors.domain.taxonomy import Taxonomy
from actors.enums import RelationKind
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.landscape.matrix import matrix
from actors.models import Actor, ActorRelation, Membership
from clusterportal.intake.registry_files import RegistryFileError, load_registry

pytestmark = pytest.mark.django_db
DEMO = settings.BASE_DIR / "fixtures" / "demo"


def test_loading_twice_changes_nothing():
    first = load_registry(DEMO)
    assert first["actors"][0] >= 60
    assert all(changed == 0 for _new, changed in first.values())
    assert set(load_registry(DEMO).values()) == {(0, 0)}


def test_a_changed_row_is_taken_over(tmp_path):
    load_registry(DEMO)
    folder = shutil.copytree(DEMO, tmp_path / "demo")
    path = folder / "layers.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Wissen schaffen", "Neues finden"), encoding="utf-8"
    )
    assert load_registry(folder, tables=["layers"]) == {"layers": (0, 1)}


def test_the_demo_tells_something():
    load_registry(DEMO)
    assert Actor.objects.count() == Actor.objects.published().count() >= 60
    whole = matrix(Selection(current_index()), Taxonomy())
    assert all(whole.layer_totals.get(layer.slug) for layer in whole.layers)
    assert all(whole.area_totals.get(area.slug) for area in whole.areas)
    assert 3 <= sum(len(layers) for _area, layers in whole.empty_cells()) <= 20
    assert Membership.objects.values("cluster").distinct().count() == 6
    assert len(set(ActorRelation.objects.values_list("kind", flat=True))) >= 4
    assert set(ActorRelation.objects.values_list("kind", flat=True)) <= set(RelationKind.values)


def test_every_actor_is_complete_in_both_languages():
    load_registry(DEMO)
    lacking = [
        actor.slug
        for actor in Actor.objects.all()
        if not (actor.summary_de and actor.summary_en and actor.city and actor.source)
        or not actor.placements.filter(is_primary=True).exists()
        or not actor.foci.exists()
    ]
    assert lacking == []


def test_a_bad_row_is_named_and_nothing_is_loaded(tmp_path):
    folder = shutil.copytree(DEMO, tmp_path / "demo")
    with (folder / "placements.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["nobody", "basic-research", "topic", "0", "", ""])
    with pytest.raises(CommandError, match=r"placements.csv, line \d+: there is no actor “nobody”"):
        call_command("load_registry", folder)
    assert Actor.objects.count() == 0


def test_a_day_is_the_same_when_it_is_loaded_again(tmp_path):
    folder = shutil.copytree(DEMO, tmp_path / "demo")
    path = folder / "memberships.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    rows[0]["since"] = "2001-05-31"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    load_registry(folder)
    assert Membership.objects.get(since__isnull=False).since.isoformat() == "2001-05-31"
    assert set(load_registry(folder).values()) == {(0, 0)}


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("motto", "Mehr", "Actor has no field named 'motto'"),
        ("founded", "bald", "Wert „bald“ muss eine Ganzzahl sein."),
        ("legal_form", "Verein auf Zeit", "the legal form “Verein auf Zeit” is not known"),
    ],
)
def test_a_cell_that_no_field_takes_is_named(tmp_path, column, cell, reason):
    (tmp_path / "actors.csv").write_text(f"slug,{column}\nifw,{cell}\n", encoding="utf-8")
    with pytest.raises(RegistryFileError) as refused:
        load_registry(tmp_path)
    assert str(refused.value) == f"actors.csv, line 2: {reason}"
