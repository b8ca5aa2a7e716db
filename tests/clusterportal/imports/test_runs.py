"""What may happen between the upload and the end: decisions, other people's changes, undo, interruptions."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actors.models import Actor
from clusterportal.history.acts import act
from clusterportal.imports import tasks
from clusterportal.imports.domain import uploading
from clusterportal.imports.domain.cleaning import forget_old_runs
from clusterportal.imports.models import ImportProfile, ImportRow, ImportRun
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path):
    def write(*lines: str):
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


HEAD = "name;kind;city"
WITH_KEY = "slug;name;kind;city"  # a name in another town would be no proof


def test_old_and_new_values_stand_side_by_side(clicker, table):
    make_actor("Muster", slug="muster", city="Leipzig", kind="company")
    clicker.upload(table(WITH_KEY, "muster;Muster;Start-up;Trier"))
    clicker.map()
    assert ImportRow.objects.get().changes == [
        ["kind", "Unternehmen", "Start-up"],
        ["city", "Leipzig", "Trier"],
    ]
    text = markup_of(clicker.page("preview", show="changed"))
    assert "<del>Leipzig</del>" in text and "<ins>Trier</ins>" in text


def test_a_possible_match_waits_for_a_decision(clicker, table):
    actor = make_actor("Muster GmbH", city="Leipzig")
    path = table(HEAD, "Muster;other;Leipzig", "Muster AG;other;Leipzig", "Muster eG;other;Leipzig")
    clicker.upload(path)
    clicker.map()
    assert clicker.run.counts["possible"] == 3
    clicker.client.post(clicker.url("decide"), {"rows": [2, 3, 4], "d2": actor.pk, "d3": "new", "d4": ""})
    clicker.run.refresh_from_db()
    assert (clicker.run.counts["changed"], clicker.run.counts["new"]) == (1, 2)
    assert clicker.client.post(clicker.url("decide"), {"rows": [2], "d2": "999999"}).status_code == 404
    clicker.client.post(clicker.url("decide"), {"all": "1", "decision": "leave"})
    clicker.run.refresh_from_db()
    assert (clicker.run.counts["skipped"], clicker.run.counts["possible"]) == (2, 1)
    clicker.client.post(clicker.url("decide"), {"all": "1", "decision": ""})
    clicker.confirm()
    assert list(Actor.objects.values_list("name", flat=True)) == ["Muster GmbH"]


def test_what_changed_since_the_preview_is_shown_again(clicker, table):
    actor = make_actor("Muster", city="Leipzig")
    clicker.upload(table(WITH_KEY, "muster;Muster;research_institute;Trier", ";New;other;Trier"))
    clicker.map()
    Actor.objects.filter(pk=actor.pk).update(city="Mainz")
    clicker.confirm()
    assert (clicker.run.state, clicker.run.message) == (
        "checked", "Das Register hat sich seit der Prüfung geändert. Bitte sehen Sie sich die Vorschau noch einmal an.",
    )  # fmt: skip
    assert "Mainz" in clicker.page("preview", show="changed").content.decode()
    assert not Actor.objects.filter(name="New").exists()
    clicker.confirm()
    assert clicker.run.state == "done" and Actor.objects.filter(name="New").exists()


def test_undo_says_before_and_after_what_was_edited_since(clicker, table):
    changed, kept = make_actor("One", city="Leipzig"), make_actor("Two", city="Leipzig")
    kind = "research_institute"
    clicker.upload(table(WITH_KEY, f"one;One;{kind};Trier", f"two;Two;{kind};Trier", ";Three;other;Trier"))
    clicker.map()
    clicker.confirm()
    with act("edit", by=clicker.person):
        Actor.objects.filter(pk=kept.pk).update(city="Mainz")
    page = clicker.page("undo")
    assert (page.context["prospect"].restored, page.context["prospect"].kept_count) == (2, 1)
    assert "Two" in page.content.decode()
    clicker.client.post(clicker.url("undo"))
    clicker.run.refresh_from_db()
    changed.refresh_from_db(), kept.refresh_from_db()
    assert (clicker.run.state, changed.city, kept.city) == ("undone", "Leipzig", "Mainz")
    assert not Actor.objects.filter(name="Three").exists()
    assert "Two" in clicker.page("result").content.decode()


def test_report_as_csv_and_workbook(clicker, table):
    clicker.upload(table(HEAD, "=A;other;Trier", "B;?;Trier"))
    clicker.map()
    text = b"".join(clicker.page_report("csv")).decode()
    assert text.startswith("\ufeffZeile,Ergebnis,") and "\r\n2,Neu,'=A,Name,,'=A," in text
    book = load_workbook(io.BytesIO(b"".join(clicker.page_report("xlsx"))))
    assert [row[1] for row in book.active.values][-1] == "Ungültig"
    url = reverse("admin:imports_importrun_report", args=[clicker.run.pk, "exe"])
    assert clicker.client.get(url).status_code == 404


# ---------- profiles ----------
def test_a_mapping_kept_under_a_name_serves_the_next_file_and_the_command(clicker, table, capsys):
    path = table("Titel;Sonst", "Schule Süd;x")
    clicker.upload(path)
    clicker.map(columns={"Titel": "name"}, k_kind="education", profile_name="Schulen")
    profile = ImportProfile.objects.get()
    assert (profile.name, profile.options["mapping"]["Titel"]) == ("Schulen", "name")
    clicker.upload(path)
    clicker.client.post(clicker.url("columns"), {"take": "1", "profile": "saved:Schulen"})
    clicker.map()
    assert clicker.run.counts["new"] == 1
    call_command("import_actors", path, profile="Schulen")
    assert Actor.objects.get().kind == "education"


def test_nobody_takes_the_name_of_somebody_elses_profile(as_person, table):
    cluster = make_cluster()
    owner = as_person("manager", clusters=[cluster])
    owner.upload(table(HEAD, "A;other;B"))
    owner.map(profile_name="Mine")
    other = as_person("manager", clusters=[cluster])
    other.upload(table(HEAD, "A;other;B"))
    response = other.map(profile_name="Mine")
    assert "schon" in str(response.context["keeping"].errors)


# ---------- who may ----------
def test_foreign_runs_are_not_there(clicker, as_person, table):
    clicker.upload(table(HEAD, "A;other;B"))
    clicker.map()
    other = as_person("manager", clusters=[make_cluster()])
    other.run = clicker.run
    for step in ("read", "columns", "preview", "result", "undo"):
        assert other.page(step).status_code == 404
    for step in ("decide", "confirm", "again"):
        assert other.client.post(other.url(step)).status_code == 404
    assert (
        other.client.get(reverse("admin:imports_importrun_report", args=[clicker.run.pk, "csv"])).status_code
        == 404
    )
    assert (
        str(clicker.run)
        not in other.client.get(reverse("admin:imports_importrun_changelist")).content.decode()
    )


def test_those_who_reach_all_see_every_run_but_leave_it_to_its_owner(clicker, as_person, table):
    owner = as_person("manager", clusters=[make_cluster()])
    owner.upload(table(HEAD, "A;other;B"))
    owner.map()
    clicker.run = owner.run
    clicker.client.force_login(clicker.person)
    assert clicker.page("preview").status_code == 200
    assert clicker.client.post(clicker.url("confirm")).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "representative", "partner"])
def test_others_do_not_import(as_person, table, role):
    person = as_person(role)
    assert person.client.get(reverse("admin:imports_importrun_add")).status_code in (302, 403)
    assert person.upload(table(HEAD, "A;other;B")).status_code in (302, 403)
    assert not ImportRun.objects.exists()


def test_managers_import_for_their_clusters_only(as_person, table):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    make_actor("Foreign", clusters=[theirs])
    person = as_person("manager", clusters=[ours])
    person.upload(table(HEAD, "Foreign;;Trier", "New;other;Trier"))
    assert person.page("columns").context["form"].fields["cluster"].choices == [("ours", "Ours")]
    upload = person.client.get(reverse("admin:imports_importrun_add")).context["form"]
    nouns = [noun for noun, _label in upload.fields["noun"].choices]
    assert nouns == ["actors", "relations", "topics", "projects"]
    person.map()
    assert (person.run.counts["invalid"], person.run.counts["new"]) == (1, 1)
    person.confirm(without_invalid="on")
    assert Actor.objects.get(name="New").memberships.get().cluster == ours


# ---------- jobs ----------
@pytest.fixture
def _all_is_large(monkeypatch):
    monkeypatch.setattr(tasks, "JOB_ABOVE_ROWS", 0)


@pytest.mark.usefixtures("_all_is_large")
def test_large_tables_are_the_work_of_a_job(clicker, table):
    clicker.upload(table(HEAD, "A;other;Trier"))
    clicker.map()
    assert (clicker.run.state, clicker.run.total) == ("checking", 1)
    assert "http-equiv" in clicker.page("preview").content.decode()
    work(clicker.run, "check", clicker.person)
    assert clicker.run.state == "checked"
    clicker.confirm()
    assert clicker.run.state == "writing" and not Actor.objects.exists()
    work(clicker.run, "write", clicker.person)
    assert clicker.run.state == "done" and Actor.objects.get().name == "A"


@pytest.mark.usefixtures("_all_is_large")
def test_a_job_that_was_overtaken_does_nothing(clicker, table):
    clicker.upload(table(HEAD, "A;other;Trier"))
    clicker.map()
    old = str(clicker.run.ticket)
    clicker.run.heard_at = timezone.now() - timedelta(minutes=5)
    clicker.run.save()
    assert "Unterbrochen" in clicker.page("preview").content.decode()
    clicker.client.post(clicker.url("again"))
    tasks.work(run_id=clicker.run.pk, ticket=old, what="check", by_id=clicker.person.pk)
    clicker.run.refresh_from_db()
    assert clicker.run.state == "checking" and str(clicker.run.ticket) != old


def work(run, what, person):
    tasks.work(run_id=run.pk, ticket=str(run.ticket), what=what, by_id=person.pk)
    run.refresh_from_db()


def test_too_many_rows_are_refused(clicker, table, monkeypatch):
    monkeypatch.setattr(uploading, "MAX_ROWS", 1)
    clicker.upload(table(HEAD, "A;other;B", "C;other;D"))
    assert "Dateien" in clicker.errors(clicker.map())


# ---------- the rest ----------
def test_old_imports_are_forgotten_with_their_files(clicker, table):
    clicker.upload(table(HEAD, "A;other;B"))
    ImportRun.objects.update(created_at=timezone.now() - timedelta(days=91))
    path = clicker.run.path
    clicker.upload(table(HEAD, "A;other;B"))
    assert path.exists() and forget_old_runs() == 1
    assert not path.exists() and ImportRun.objects.get() == clicker.run and clicker.run.path.exists()


def test_files_have_no_address(clicker, table, settings):
    clicker.upload(table(HEAD, "A;other;B"))
    assert settings.PORTAL_DATA_DIR / "imports" in clicker.run.path.parents
    with pytest.raises(ValueError, match="no address"):
        _ = clicker.run.file.url


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"noun": "people"}, "importrun_noun"),
        ({"state": "lost"}, "importrun_state"),
        ({"state": "done"}, "importrun_done_has_an_end"),
        ({"state": "checking"}, "importrun_busy_has_a_job"),
    ],
)
def test_the_database_refuses_what_no_run_is(wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ImportRun.objects.create(**{"file_name": "a.csv"} | wrong)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_preview_and_the_list_do_not_grow(clicker, table, django_assert_max_num_queries, rows):
    make_actor("Muster GmbH", city="Leipzig")
    for _run in range(rows):
        clicker.upload(table(HEAD, *(f"Muster {end};other;Leipzig" for end in ("AG", "KG", "eG")[:rows])))
        clicker.map()
    with django_assert_max_num_queries(8):
        clicker.page("preview", show="possible")
    with django_assert_max_num_queries(12):
        clicker.client.get(reverse("admin:imports_importrun_changelist"))
