"""After an import: its actors as a list, duplicates among them, and from an undone one back to its columns."""

import pytest
from django.urls import reverse

from actors.models import Actor
from clusterportal.history.acts import act
from clusterportal.imports.models import ImportProfile, ImportRun
from clusterportal.quality.domain.duplicates import find_duplicates
from clusterportal.quality.models import DuplicatePair
from tests.clusterportal.imports.test_choices import known, say
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
HEAD = "slug;name;kind;city"


@pytest.fixture
def table(tmp_path):
    def write(*lines: str):
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def listed(client, query: str) -> set[str]:
    page = client.get(reverse("admin:actors_actor_changelist") + query)
    return {actor.name for actor in page.context["cl"].result_list}


@pytest.fixture
def imported(clicker, table):
    """One is changed, Two is left out, New is new; Other has nothing to do with it."""
    known("One", "Two", "Other")
    clicker.upload(table(HEAD, "one;One;;Trier", "two;Two;;Trier", ";New;other;Trier"))
    clicker.map()
    say(clicker, t3=None)
    clicker.confirm()
    assert clicker.run.state == "done"
    return clicker


# ---------- the list ----------
def test_the_result_leads_to_its_actors(imported):
    page = imported.page("result")
    ways, query = page.context["ways"], f"?import={imported.run.pk}"
    assert ways == {
        "list": f"/admin/actors/actor/{query}",
        "placing": f"/admin/actors/placing/{query}",
        "duplicates": f"/admin/imports/importrun/{imported.run.pk}/duplicates/",
    }
    assert all(f'href="{way}"' in markup_of(page) for way in ways.values())
    assert listed(imported.client, query) == {"One", "New"}
    assert listed(imported.client, f"{query}&kind=other") == {"New"}
    assert "table.csv (" in imported.client.get(ways["list"]).content.decode()


def test_an_import_of_somebody_else_filters_nothing(imported, as_person):
    cluster = make_cluster()
    make_actor("Ours", clusters=[cluster])
    other = as_person("manager", clusters=[cluster])
    for asked in (imported.run.pk, "0", "x", "9" * 30, "²"):
        assert listed(other.client, f"?import={asked}") == {"Ours"}
    page = other.client.get(reverse("admin:actors_actor_changelist")).content.decode()
    assert "table.csv (" not in page


def test_older_imports_are_reached_by_their_page(imported, monkeypatch):
    monkeypatch.setattr("clusterportal.imports.filters.OFFERED", 0)
    assert listed(imported.client, f"?import={imported.run.pk}") == {"One", "New"}


# ---------- duplicates ----------
def test_pairs_of_which_this_import_has_an_actor(clicker, table):
    twin = {"city": "Leipzig", "postcode": "04109", "street": "Markt 1"}
    for name in ("Alte Werke", "Alte Werke Sachsen"):
        make_actor(name, website="https://alte-werke.example", **twin)
    make_actor("Muster Maschinen", website="https://muster-maschinen.example", **twin)
    path = table(
        "name;kind;website;postcode;city",
        "Muster Maschinenbau;other;https://muster-maschinen.example;04109;Leipzig",
    )
    clicker.upload(path)
    clicker.map()
    clicker.client.post(clicker.url("decide"), {"all": "1", "decision": "new"})
    clicker.run.refresh_from_db()
    clicker.confirm()
    assert clicker.run.state == "done", clicker.run.message
    url = reverse("admin:imports_importrun_duplicates", args=[clicker.run.pk])
    assert "sieht aus wie ein anderer" in clicker.client.get(url).content.decode()
    find_duplicates()
    assert DuplicatePair.objects.count() == 2
    page = clicker.client.get(url)
    assert [str(pair.first) for pair, _why in page.context["pairs"]] == ["Muster Maschinen"]
    response = clicker.client.post(url, follow=True)
    assert "wird durchsucht" in response.content.decode()


def test_duplicates_only_of_what_was_imported(imported, as_person, clicker, table):
    url = reverse("admin:imports_importrun_duplicates", args=[imported.run.pk])
    other = as_person("manager", clusters=[make_cluster()])
    assert other.client.get(url).status_code == 404
    clicker.client.force_login(clicker.person)
    clicker.client.post(clicker.url("undo"))
    assert clicker.client.get(url).status_code == 302


# ---------- back to the columns ----------
def test_from_an_undone_import_back_to_its_columns(imported):
    run = imported.run
    run.repairs.create(number=4, heading="name", before="New", after="Newer")
    imported.client.post(imported.url("undo"))
    page = imported.page("result")
    assert page.context["can_start_over"] and "Zurück zu seinen Spalten" in page.content.decode()
    response = imported.client.post(imported.url("over"))
    new = ImportRun.objects.exclude(pk=run.pk).get()
    assert response.url == reverse("admin:imports_importrun_columns", args=[new.pk])
    imported.run = new
    page = imported.page("columns")
    assert [
        page.context["form"][name].value() for name, _title in page.context["form"].columns
    ] == HEAD.split(";")
    imported.map()
    assert [(row.number, row.outcome, row.is_taken, row.title) for row in new.rows.all()] == [
        (2, "changed", True, "One"), (3, "changed", False, "Two"), (4, "new", True, "Newer"),
    ]  # fmt: skip
    imported.confirm()
    assert set(Actor.objects.values_list("name", "city")) == {
        ("One", "Trier"), ("Two", "Leipzig"), ("Other", "Leipzig"), ("Newer", "Trier"),
    }  # fmt: skip
    run.refresh_from_db()
    assert run.state == "undone" and run.path.read_bytes() == new.path.read_bytes() and run.path != new.path


def test_without_its_file_it_says_so(imported):
    imported.client.post(imported.url("undo"))
    imported.run.path.unlink()
    page = imported.page("result")
    assert not page.context["can_start_over"] and "nicht mehr aufbewahrt" in page.content.decode()
    response = imported.client.post(imported.url("over"), follow=True)
    assert "nicht mehr aufbewahrt" in response.content.decode() and ImportRun.objects.count() == 1


def test_only_an_undone_import_of_ones_own_begins_again(imported, as_person):
    assert imported.client.post(imported.url("over")).status_code == 404
    imported.client.post(imported.url("undo"))
    other = as_person("administrator")
    other.run = imported.run
    assert other.client.post(other.url("over")).status_code == 404
    assert ImportRun.objects.count() == 1


def test_undo_after_an_act_in_between_takes_back_what_was_not_touched(imported):
    with act("bulk", by=imported.person):
        Actor.objects.filter(name="One").update(kind="startup")
    page = imported.page("undo")
    assert (page.context["prospect"].restored, page.context["prospect"].kept_count) == (2, 0)
    imported.client.post(imported.url("undo"))
    assert set(Actor.objects.values_list("name", "city", "kind")) == {
        ("One", "Leipzig", "startup"), ("Two", "Leipzig", "company"), ("Other", "Leipzig", "company"),
    }  # fmt: skip


# ---------- saved mappings ----------
def profiles(client) -> set[str]:
    page = client.get(reverse("admin:imports_importprofile_changelist"))
    return {profile.name for profile in page.context["cl"].result_list}


def test_a_mapping_is_private_until_it_is_shared(as_person, table):
    cluster = make_cluster()
    owner = as_person("manager", clusters=[cluster])
    owner.upload(table("Titel;Sonst", "Schule Süd;x"))
    owner.map(columns={"Titel": "name"}, k_kind="education", profile_name="Schulen")
    profile = ImportProfile.objects.get()
    page = reverse("admin:imports_importprofile_change", args=[profile.pk])
    shown = owner.client.get(page).content.decode()
    assert "<dt>Titel</dt>" in shown and "<dd>Name</dd>" in shown and "Sonst" not in shown
    colleague = as_person("manager", clusters=[cluster])
    colleague.upload(table("Titel;Sonst", "Schule Süd;x"))
    assert profiles(colleague.client) == set()
    assert colleague.client.get(page).status_code == 302
    assert ("saved:Schulen", "Schulen") not in colleague.page("columns").context["profiles"]
    colleague.client.post(colleague.url("columns"), {"take": "1", "profile": "saved:Schulen"})
    colleague.run.refresh_from_db()
    assert "mapping" not in colleague.run.options

    owner.client.force_login(owner.person)
    owner.client.post(page, {"name": "Alle Schulen", "is_shared": "on"})
    colleague.client.force_login(colleague.person)
    assert profiles(colleague.client) == {"Alle Schulen"}
    assert ("saved:Alle Schulen", "Alle Schulen") in colleague.page("columns").context["profiles"]
    colleague.client.post(colleague.url("columns"), {"take": "1", "profile": "saved:Alle Schulen"})
    colleague.run.refresh_from_db()
    assert colleague.run.options["mapping"]["Titel"] == "name"
    assert colleague.client.post(page, {"name": "Meine"}).status_code == 403
    assert colleague.client.post(f"{page[: -len('change/')]}delete/", {"post": "yes"}).status_code == 403
    owner.client.force_login(owner.person)
    owner.client.post(f"{page[: -len('change/')]}delete/", {"post": "yes"})
    assert not ImportProfile.objects.exists()


def test_the_ways_to_the_saved_mappings(clicker):
    url = reverse("admin:imports_importprofile_changelist")
    for page in ("admin:imports_importrun_changelist", "admin:imports_importrun_add"):
        assert f'href="{url}"' in clicker.client.get(reverse(page)).content.decode()


def test_an_owner_who_is_gone_leaves_the_mapping_to_all(as_person):
    ImportProfile.objects.create(name="Alt")
    assert profiles(as_person("manager", clusters=[make_cluster()]).client) == {"Alt"}


def test_what_is_kept_of_an_import_does_not_grow_the_queries(imported, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        imported.page("result")
