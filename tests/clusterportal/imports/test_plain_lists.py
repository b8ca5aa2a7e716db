"""The lists beside the actors come in by the same steps: one record a row, never deleted."""

import pytest
from django.core.exceptions import ValidationError

from actors.models import Topic
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.models import current_revision
from clusterportal.imports.domain.nouns import RESOURCES, importer_for
from clusterportal.imports.domain.progress import no_progress
from clusterportal.imports.models import ImportRun
from clusterportal.imports.rules import MODELS
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


@pytest.mark.parametrize(
    ("lines", "outcomes"),
    [
        # An empty cell empties a field only where the row names its record by address.
        (["slug;name_de;name_en", "robotics;Robotik;"], [["name_en", "Robotics", ""]]),
        (["name_de;name_en", "Robotik;"], []),
        (["slug;name_de;name_en", ";Robotik;"], []),
        # A word for nothing says nothing.
        (["slug;name_de;name_en", "robotics;Robotik;k. A."], []),
        # Case and blanks of the name by which a record is known are taken over like any other change.
        (["name_de;name_en", "ROBOTIK;Robotics"], [["name_de", "Robotik", "ROBOTIK"]]),
    ],
)  # fmt: skip
def test_what_an_empty_cell_says(clicker, tmp_path, lines, outcomes):
    Topic.objects.create(slug="robotics", name_de="Robotik", name_en="Robotics")
    counts = bring_in(clicker, tmp_path, "topics", *lines)
    assert clicker.run.rows.get().changes == outcomes
    assert (counts["changed"], counts["unchanged"], counts["losses"]) == (
        bool(outcomes), not outcomes, any(not after for _column, _before, after in outcomes),
    )  # fmt: skip


def test_an_entry_of_a_json_file_says_only_what_it_names(clicker, tmp_path):
    Topic.objects.create(slug="robotics", name_de="Robotik", name_en="Robotics")
    (tmp_path / "t.json").write_text(
        '[{"slug": "robotics", "name_de": "Robotik"}, {"slug": "ai", "name_de": "KI", "name_en": "AI"}]'
    )
    clicker.upload(tmp_path / "t.json", noun="topics")
    clicker.map()
    assert [(row.outcome, row.changes) for row in clicker.run.rows.all()] == [
        ("unchanged", []),
        ("new", [["slug", "", "ai"], ["name_de", "", "KI"], ["name_en", "", "AI"]]),
    ]  # fmt: skip


def test_one_record_twice_in_a_table_is_refused_also_when_it_is_new(clicker, tmp_path):
    lines = ["name_de;slug", "Robotik;", "robotik;", "KI;ki", "AI;ki", "Robotik;robotics"]
    bring_in(clicker, tmp_path, "topics", *lines)
    assert [(row.outcome, row.problems) for row in clicker.run.rows.all()] == [
        ("new", []),
        ("invalid", [["slug", "", "Zeile 2 betrifft bereits denselben Eintrag."]]),
        ("new", []),
        ("invalid", [["slug", "ki", "Zeile 4 betrifft bereits denselben Eintrag."]]),
        ("invalid", [["slug", "robotics", "Zeile 2 betrifft bereits denselben Eintrag."]]),
    ]  # fmt: skip


def test_a_number_in_another_spelling_is_no_change(clicker, tmp_path):
    cluster = make_cluster(phone="+49631123456", homepage="https://example.org")
    counts = bring_in(
        clicker, tmp_path, "clusters", "slug;phone;homepage", "it-cluster;0631 123 456;www.example.org"
    )
    assert counts["changed"] == 1
    assert clicker.run.rows.get().changes == [["homepage", "https://example.org", "https://www.example.org"]]
    clicker.confirm()
    cluster.refresh_from_db()
    assert (cluster.phone, cluster.homepage) == ("+49631123456", "https://www.example.org")


def test_many_records_change_at_once_and_only_what_the_table_names(clicker, tmp_path):
    for number in range(3):
        make_cluster(f"c{number}", position=number, claim_de="Alt")
    lines = ["slug;claim_de;founded", "c0;Neu;", "c1;Alt;1999", "c2;Neuer;2001", "c3;x;"]
    bring_in(clicker, tmp_path, "clusters", *lines)
    clicker.confirm(without_invalid="on")
    assert list(Cluster.objects.values_list("slug", "claim_de", "founded", "position", "name_de")) == [
        ("c0", "Neu", None, 0, "C0"), ("c1", "Alt", 1999, 1, "C1"), ("c2", "Neuer", 2001, 2, "C2"),
    ]  # fmt: skip
    clicker.client.post(clicker.url("undo"))
    assert {*Cluster.objects.values_list("claim_de", "founded")} == {("Alt", None)}


def test_a_record_that_changed_since_the_preview_is_shown_again(clicker, tmp_path):
    area = make_area("logistics", name_de="Logistik")
    bring_in(clicker, tmp_path, "areas", "slug;name_de", "logistics;Verkehr", "new;Neu")
    ApplicationArea.objects.filter(pk=area.pk).update(name_de="Transport")
    clicker.confirm()
    assert (clicker.run.state, clicker.run.rows.first().changes) == (
        "checked",
        [["name_de", "Transport", "Verkehr"]],
    )
    clicker.confirm()
    assert clicker.run.state == "done" and ApplicationArea.objects.count() == 2


def test_a_record_that_changes_between_planning_and_writing_stops_the_import(clicker):
    area = make_area("logistics", name_de="Logistik")
    importer, run = importer_for("areas"), ImportRun(by=clicker.person)
    rows = [(2, {"slug": "logistics", "name_de": "Verkehr"}), (3, {"slug": "new", "name_de": "Neu"})]
    plan = importer.plan(run, rows, decisions={}, on_progress=no_progress)
    ApplicationArea.objects.filter(pk=area.pk).update(name_de="Transport")
    with pytest.raises(ValidationError, match="Das Register hat sich seit der Prüfung geändert"):
        importer.write(plan, by=clicker.person, on_progress=no_progress)
    assert list(ApplicationArea.objects.values_list("slug", "name_de")) == [("logistics", "Transport")]


def test_another_language_of_the_page_is_no_change_of_the_registry(clicker, tmp_path):
    make_cluster()
    bring_in(clicker, tmp_path, "clusters", "name_de;region;kind", "Neu;kaiserslautern;innovation")
    clicker.client.post(clicker.url("confirm"), HTTP_ACCEPT_LANGUAGE="en")
    clicker.run.refresh_from_db()
    assert clicker.run.state == "done" and Cluster.objects.filter(slug="neu").exists()


def test_every_list_of_the_admin_comes_in_again_unchanged(clicker, tmp_path, chain):
    make_area("logistics", position=3, is_active=False, description_de="=A1\nzweite Zeile")
    Topic.objects.create(slug="ai", name_de="KI")
    cluster = make_cluster(
        staff_fte="1.50", founded=1999, phone="+49631123456", programmes="A\nB", verified_on="2026-01-31"
    )
    Region.objects.filter(pk=cluster.region_id).update(nuts_codes=["DEB32", "DEB3F"])
    revision = current_revision()
    for noun, resource in RESOURCES.items():
        meta = resource._meta.model._meta
        file = clicker.client.get(f"/admin/{meta.app_label}/{meta.model_name}/export/", {"format": "xlsx"})
        (tmp_path / "t.xlsx").write_bytes(file.getvalue())
        if resource._meta.model.objects.exists():
            clicker.upload(tmp_path / "t.xlsx", noun=noun)
            clicker.map()
            assert (
                clicker.run.counts["unchanged"] == clicker.run.total == resource._meta.model.objects.count()
            ), noun
            clicker.confirm()
    assert current_revision() == revision


def test_each_list_has_the_resource_of_its_model():
    assert {noun: resource._meta.model._meta.label_lower for noun, resource in RESOURCES.items()} == MODELS
