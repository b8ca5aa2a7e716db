"""The lists beside the actors come in by the same steps: one record a row, never deleted."""

import pytest

from actors.models import Topic
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.models import current_revision
from layers.models import Layer
from tests.factories import make_area, make_cluster

pytestmark = pytest.mark.django_db


def bring_in(clicker, tmp_path, noun: str, *lines: str, **mapping):
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    clicker.upload(tmp_path / "t.csv", noun=noun)
    clicker.map(**mapping)
    return clicker.run.counts


def test_topics_by_their_german_headings(clicker, tmp_path):
    lines = ["Name;name_en", "Künstliche Intelligenz;Artificial intelligence", "Robotik;"]
    assert bring_in(clicker, tmp_path, "topics", *lines)["new"] == 2
    clicker.confirm()
    assert set(Topic.objects.values_list("slug", "name_en")) == {
        ("kuenstliche-intelligenz", "Artificial intelligence"), ("robotik", ""),
    }  # fmt: skip
    revision = current_revision()
    assert bring_in(clicker, tmp_path, "topics", *lines)["unchanged"] == 2
    clicker.confirm()
    assert clicker.run.state == "done" and current_revision() == revision


def test_a_changed_area_is_found_by_its_address_and_undone(clicker, tmp_path):
    area = make_area("logistics", position=1)
    make_area("other")
    assert (
        bring_in(clicker, tmp_path, "areas", "slug;name_de;position", "logistics;Logistik;7")["changed"] == 1
    )
    clicker.confirm()
    area.refresh_from_db()
    assert (area.name_de, area.position, ApplicationArea.objects.count()) == ("Logistik", 7, 2)
    clicker.client.post(clicker.url("undo"))
    area.refresh_from_db()
    assert area.name_de == "Logistics"


def test_there_are_five_layers_and_stay_five(clicker, tmp_path, chain):
    lines = ["slug;position;name_de", "sixth;6;Sechste", "basic-research;1;Grundlagen"]
    counts = bring_in(clicker, tmp_path, "layers", *lines)
    assert (counts["invalid"], counts["changed"]) == (1, 1)
    ((_column, _value, reason),) = clicker.run.rows.get(number=2).problems
    assert reason.startswith("Es gibt genau fünf Ebenen") and "layer_position" not in reason
    clicker.confirm(without_invalid="on")
    assert Layer.objects.count() == 5 and Layer.objects.get(position=1).name_de == "Grundlagen"


@pytest.mark.parametrize("position", ["", "0", "3", "5", "6"])
def test_a_layer_of_another_address_is_no_sixth_one(clicker, tmp_path, chain, position):
    bring_in(clicker, tmp_path, "layers", "slug;position;name_de", f"other;{position};Andere")
    assert clicker.run.counts["invalid"] == 1
    assert "Es gibt genau fünf Ebenen" in str(clicker.run.rows.get().problems)


def test_clusters_name_their_region_and_regions_their_codes(clicker, tmp_path):
    make_cluster()
    lines = ["slug;name_de;country;nuts_codes", "leipzig;Leipzig;DE;DED51|DED52"]
    bring_in(clicker, tmp_path, "regions", *lines)
    clicker.confirm()
    assert Region.objects.get(slug="leipzig").nuts_codes == ["DED51", "DED52"]
    lines = [
        "name_de;region;kind;staff_fte;is_active",
        "Logistik;Leipzig;Innovationscluster;1,5;nein",
        "X;Nowhere;;;",
    ]
    counts = bring_in(clicker, tmp_path, "clusters", *lines, k_state="published")
    assert (counts["new"], counts["invalid"]) == (1, 1)
    clicker.confirm(without_invalid="on")
    cluster = Cluster.objects.get(slug="logistik")
    assert (cluster.region.slug, cluster.kind, float(cluster.staff_fte), cluster.is_active, cluster.state) == (
        "leipzig", "innovation", 1.5, False, "published",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "column"),
    [(";Name", None), ("a b;Name", "slug"), ("ok;", "name_de"), ("ok;" + "N" * 161, "name_de")],
)
def test_invalid_records_are_named(clicker, tmp_path, line, column):
    counts = bring_in(clicker, tmp_path, "topics", "slug;name_de", line)
    named = [problem[0] for row in clicker.run.rows.all() for problem in row.problems]
    assert (counts["invalid"], named) == ((1, [column]) if column else (0, []))
