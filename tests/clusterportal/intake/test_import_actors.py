"""`import_actors` with the registry's own columns: what is taken, what is refused, nothing half done."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from pghistory.models import Context

from actors.models import Actor, ActorRelation, Identifier, LayerPlacement, Service, Topic
from clusterportal.history.models import current_revision
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.fixture
def table(tmp_path):
    """Writes rows as a CSV file and returns its path."""

    def write(*rows, name="actors.csv"):
        path = tmp_path / name
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def counts(capsys) -> dict[str, int]:
    lines = [line.split(": ") for line in capsys.readouterr().out.splitlines()]
    words = ("new", "changed", "unchanged", "skipped", "invalid")
    return {line[0]: int(line[1]) for line in lines if line[0] in words}


def run(path, capsys, **options) -> dict[str, int]:
    call_command("import_actors", path, **options)
    return counts(capsys)


NOTHING = {"new": 0, "changed": 0, "unchanged": 0, "skipped": 0, "invalid": 0}


def test_new_actors_are_drafts_and_a_second_run_changes_nothing(table, capsys):
    path = table(
        {"name": "Muster GmbH", "kind": "company", "postcode": "67663"},
        {"name": "Institut Ä", "kind": "other"},
    )
    assert run(path, capsys) == NOTHING | {"new": 2}
    assert set(Actor.objects.values_list("slug", "state")) == {
        ("muster-gmbh", "draft"),
        ("institut-ae", "draft"),
    }
    events, revision = Context.objects.count(), current_revision()
    assert run(path, capsys) == NOTHING | {"unchanged": 2}
    assert (Context.objects.count(), current_revision()) == (events, revision)


def test_history_says_which_command_and_file(table, capsys):
    run(table({"name": "Muster GmbH", "kind": "company"}), capsys)
    assert Context.objects.get().metadata == {
        "act": "import",
        "command": "import_actors",
        "file": "actors.csv",
    }


def test_only_the_columns_of_the_file_change(table, capsys):
    actor = make_actor("Muster GmbH", summary_de="Baut Wagen.", phone="+49 631 1", city="Leipzig")
    assert run(table({"slug": actor.slug, "phone": "+49 631 205 0"}), capsys) == NOTHING | {"changed": 1}
    actor.refresh_from_db()
    assert (actor.phone, actor.summary_de, actor.city, actor.state) == (
        "+496312050",
        "Baut Wagen.",
        "Leipzig",
        "published",
    )


def test_an_empty_cell_empties_only_in_a_row_that_names_its_actor_by_address(table, capsys):
    actor = make_actor("Muster GmbH", city="Leipzig")
    assert run(table({"name": actor.name, "city": ""}), capsys) == NOTHING | {"unchanged": 1}
    assert run(table({"slug": actor.slug, "city": ""}), capsys) == NOTHING | {"changed": 1}
    actor.refresh_from_db()
    assert actor.city == ""


@pytest.mark.parametrize(
    ("cells", "column", "word"),
    [
        ({"kind": "firm"}, "kind", "Forschungseinrichtung"),
        ({"kind": ""}, "kind", "Ein neuer Akteur braucht diese Angabe"),
        ({"latitude": "91", "longitude": "7"}, "latitude", "90"),
        ({"latitude": "nan", "longitude": "7"}, "latitude", "gehören zusammen"),
        ({"latitude": "49.4"}, "longitude", "gehören zusammen"),
        ({"layers": "top-layer"}, "layers", "Grundlagenforschung; Angewandte Forschung"),
        ({"layers": "basic-research*|application-market*"}, "layers", "Nur eine Ebene kann Hauptebene sein"),
        ({"identifiers": "ror:019hjw008"}, "identifiers", "019hjw008"),
        ({"identifiers": "isbn:1"}, "identifiers", "Wikidata"),
        ({"name": "N" * 301}, "name", "300"),
        ({"website": "http://exa mple"}, "website", "gültige Webadresse"),
        ({"founded": "812"}, "founded", "900"),
        ({"country": "Neverland"}, "country", "ISO 3166"),
        ({"verified_on": "31.02.2026"}, "verified_on", "ungültiges Datum"),
        ({"clusters": "no-such"}, "clusters", "bisher gibt es keine Werte"),
        ({"relations": "cooperation>nobody"}, "relations", "nobody"),
        ({"relations": "likes>bad"}, "relations", "likes"),
        ({"services": '[{"titel": "x"}]'}, "services", "titel"),
        ({"aliases": "[{"}, "aliases", "JSON"),
    ],
)  # fmt: skip
def test_an_invalid_row_is_named_and_nothing_is_written(table, chain, tmp_path, cells, column, word):
    good = {"name": "Good", "slug": "good", "kind": "other", "latitude": "49.4", "longitude": "7.8"}
    bad = {"name": "Bad", "slug": "bad", "kind": "other"} | cells
    report, revision = tmp_path / "report.csv", current_revision()
    with pytest.raises(CommandError):
        call_command("import_actors", table(good, bad), report=report)
    assert not Actor.objects.exists() and current_revision() == revision
    found = list(csv.DictReader(report.open(encoding="utf-8")))
    assert [(row["row"], row["column"]) for row in found] == [("3", column)]
    assert word in found[0]["reason"]


def test_an_identifier_belongs_to_one_row(table, tmp_path):
    rows = [{"name": name, "kind": "other", "identifiers": "wikidata:Q565533"} for name in ("One", "Two")]
    with pytest.raises(CommandError):
        call_command("import_actors", table(*rows), report=tmp_path / "report.csv")
    assert not Actor.objects.exists()
    assert "2" in (tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()[1]


def test_skip_invalid_takes_the_rest_and_still_fails(table, capsys):
    path = table({"name": "Good", "kind": "other"}, {"name": "Bad", "kind": "?"})
    with pytest.raises(CommandError, match="1"):
        call_command("import_actors", path, skip_invalid=True)
    assert counts(capsys) == NOTHING | {"new": 1, "invalid": 1}
    assert list(Actor.objects.values_list("name", flat=True)) == ["Good"]


def test_a_row_that_leans_on_an_invalid_row_is_invalid_too(table):
    rows = [
        {"name": "A", "slug": "a", "kind": "other", "relations": "cooperation>b"},
        {"name": "B", "slug": "b", "kind": "other", "relations": "cooperation>c"},
        {"name": "C", "slug": "c", "kind": "?", "relations": ""},
    ]
    with pytest.raises(CommandError):
        call_command("import_actors", table(*rows), skip_invalid=True)
    assert not Actor.objects.exists()


def test_dry_run_writes_nothing(table, capsys):
    assert run(table({"name": "Muster GmbH", "kind": "company"}), capsys, dry_run=True) == NOTHING | {
        "new": 1
    }
    assert not Actor.objects.exists()


def test_the_same_row_twice_is_skipped(table, capsys, settings):
    row = {"name": "Muster GmbH", "kind": "company"}
    assert run(table(row, row), capsys) == NOTHING | {"new": 1, "skipped": 1}
    [report] = (settings.PORTAL_DATA_DIR / "reports").iterdir()
    assert (report.stat().st_mode & 0o077, report.parent.stat().st_mode & 0o077) == (0, 0)


def test_cluster_and_state(table, capsys):
    cluster = make_cluster()
    old = make_actor("Old", clusters=[cluster], state="draft")
    path = table({"name": "Old", "kind": "other"}, {"name": "New", "kind": "other"})
    assert run(path, capsys, cluster=cluster.slug, state="in_review") == NOTHING | {"new": 1, "changed": 1}
    new = Actor.objects.get(name="New")
    assert (new.state, new.memberships.get().cluster, new.memberships.get().kind) == (
        "in_review",
        cluster,
        "member",
    )
    old.refresh_from_db()
    assert (old.state, old.kind) == ("draft", "other")


def test_parts_are_written_compared_and_replaced(table, chain, capsys):
    make_area("logistics")
    Topic.objects.create(slug="robotics", name_de="Robotik")
    other = make_actor("Other")
    row = {
        "slug": "muster", "name": "Muster GmbH", "kind": "company",
        "layers": "basic-research|applied-research:both*", "areas": "logistics", "topics": "robotics",
        "identifiers": "ror:https://ror.org/019hjw009",
        "aliases": "former/de:Alt|acronym:MU", "relations": f"cooperation>{other.slug}",
        "services": json.dumps([{"title_de": "Beratung", "areas": ["logistics"], "layer": "basic-research"}]),
    }  # fmt: skip
    assert run(table(row), capsys) == NOTHING | {"new": 1}
    actor = Actor.objects.get(slug="muster")
    assert actor.identifiers.get().value == "019hjw009"
    assert LayerPlacement.objects.get(actor=actor, is_primary=True).layer.slug == "applied-research"
    assert Service.objects.get(actor=actor).areas.get().slug == "logistics"
    assert ActorRelation.objects.get().target == other
    assert run(table(row), capsys) == NOTHING | {"unchanged": 1}
    row |= {"layers": "basic-research*|applied-research:both", "relations": "", "aliases": "acronym:MU"}
    assert run(table(row), capsys, replace=["relations", "aliases"]) == NOTHING | {"changed": 1}
    assert LayerPlacement.objects.get(actor=actor, is_primary=True).layer.slug == "basic-research"
    assert not ActorRelation.objects.exists() and actor.aliases.get().name == "MU"


def test_a_mutual_relation_may_be_named_from_both_sides(table, capsys):
    rows = [
        {"slug": "a", "name": "A", "kind": "other", "relations": "cooperation>b"},
        {"slug": "b", "name": "B", "kind": "other", "relations": "cooperation>a"},
    ]
    assert run(table(*rows), capsys) == NOTHING | {"new": 2}
    assert ActorRelation.objects.count() == 1
    assert run(table(*rows), capsys) == NOTHING | {"unchanged": 2}


def test_a_new_address_keeps_the_old_one_leading_here(table, capsys):
    actor = make_actor("Muster GmbH")
    assert run(table({"uid": str(actor.uid), "slug": "muster"}), capsys) == NOTHING | {"changed": 1}
    assert list(actor.former_slugs.values_list("slug", flat=True)) == ["muster-gmbh"]


def test_identifiers_of_two_actors_in_one_row_are_refused(table):
    for name, value in (("A", "Q1"), ("B", "Q2")):
        Identifier.objects.create(actor=make_actor(name), scheme="wikidata", value=value)
    with pytest.raises(CommandError):
        call_command("import_actors", table({"name": "A", "identifiers": "wikidata:Q1|wikidata:Q2"}))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"file": "missing.csv"}, "missing.csv"),
        ({"cluster": "nowhere"}, "nowhere"),
        ({"profile": "unheard"}, "offeneregister"),
        ({"profile": "ror"}, "ror_id"),
    ],
)
def test_what_cannot_be_done_says_how_to_mend_it(table, options, word):
    path = options.pop("file", None) or table({"name": "A", "kind": "other"})
    with pytest.raises(CommandError, match=word):
        call_command("import_actors", path, **options)


def test_a_profile_of_ones_own(tmp_path, settings, capsys):
    folder = settings.PORTAL_DATA_DIR / "profiles"
    folder.mkdir(parents=True)
    (folder / "schools.toml").write_text('[columns]\n"Schule" = "name"\n[constants]\nkind = "education"\n')
    path = tmp_path / "schools.csv"
    path.write_bytes("Schule;Adresse\r\nSchule Süd;Weg 1, 04205, Leipzig\r\n".encode("cp1252"))
    assert run(path, capsys, profile="schools") == NOTHING | {"new": 1}
    actor = Actor.objects.get()
    assert (actor.name, actor.kind, actor.street, actor.postcode, actor.city) == (
        "Schule Süd", "education", "Weg 1", "04205", "Leipzig",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("probable", "counted", "names"),
    [
        ("new", {"new": 1}, {"Muster GmbH", "Muster"}),
        ("skip", {"skipped": 1}, {"Muster GmbH"}),
        ("match", {"changed": 1}, {"Muster"}),
    ],
)
def test_a_probable_match_is_listed_and_taken_only_on_demand(
    table, tmp_path, capsys, probable, counted, names
):
    make_actor("Muster GmbH", city="Leipzig", kind="other")
    path, report = table({"name": "Muster", "kind": "other", "city": "Leipzig"}), tmp_path / "report.csv"
    assert run(path, capsys, probable=probable, report=report) == NOTHING | counted
    assert set(Actor.objects.values_list("name", flat=True)) == names
    told = report.read_text(encoding="utf-8")  # also that a name is overwritten
    assert ("Muster GmbH, Leipzig" in told) is (probable != "match") and "Muster GmbH" in told
    again = run(path, capsys, probable=probable)
    assert again["new"] == again["changed"] == 0


def test_progress_only_at_a_terminal(table, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    path, terminal, file = table({"name": "A", "kind": "other"}), Terminal(), io.StringIO()
    call_command("import_actors", path, stderr=file)
    call_command("import_actors", path, stderr=terminal)
    assert file.getvalue() == "" and "\r        1" in terminal.getvalue()
