"""A table states what it names: parts are added or changed, and taken away only where people chose "replace"."""

import csv
import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from actors.models import Actor, ActorRelation, ContactPerson, LayerPlacement, Membership, Service
from clusterportal.history.models import current_revision
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.fixture
def told(tmp_path):
    """Imports lines and returns what the terminal shows, both streams, with the report below."""

    def bring_in(*lines: str, name: str = "t.csv", **options) -> str:
        path, report = tmp_path / name, tmp_path / "report.csv"
        if lines:
            path.write_text("\n".join(lines), encoding="utf-8")
        report.unlink(missing_ok=True)
        out = StringIO()
        call_command("import_actors", path, report=report, stdout=out, stderr=out, **options)
        bring_in.report = list(csv.DictReader(report.open(encoding="utf-8"))) if report.exists() else []
        return out.getvalue()

    return bring_in


def parts_of(actor) -> dict:
    return {
        "layers": sorted(actor.placements.values_list("layer__position", "basis", "is_primary", "note_de")),
        "aliases": sorted(actor.aliases.values_list("kind", "name")),
        "services": list(actor.services.order_by("position").values_list("title_de", flat=True)),
        "clusters": sorted(actor.memberships.values_list("cluster__slug", "kind")),
        "topics": sorted(actor.topics.values_list("slug", flat=True)),
    }


HEAD = "Firma;Art;PLZ;Ort;Weitere Namen;Leistungen;Ebenen"
FIRST = "Doppelhof;Unternehmen;50667;Köln;former:Alter Hof|acronym:DH;Beratung|Schulung;1|2"
SECOND = "Doppelhof;Unternehmen;50667;Köln;Hofname;Prüfung;3"


def test_a_second_list_adds_what_it_names(chain, told):
    told(HEAD, FIRST)
    text = told(HEAD, SECOND)
    assert "changed: 1\n" in text and "Entfällt" not in text
    assert parts_of(Actor.objects.get()) == {
        "layers": [(1, "topic", False, ""), (2, "topic", False, ""), (3, "topic", False, "")],
        "aliases": [("acronym", "DH"), ("colloquial", "Hofname"), ("former", "Alter Hof")],
        "services": ["Beratung", "Schulung", "Prüfung"], "clusters": [], "topics": [],
    }  # fmt: skip
    assert "unchanged: 1" in told(HEAD, SECOND) and "unchanged: 1" in told(HEAD, FIRST)


def test_replaced_columns_lose_what_is_not_named_and_each_is_told(chain, told):
    told(HEAD, FIRST)
    text = told(HEAD, SECOND, replace=["Ebenen", "aliases"])
    actor = Actor.objects.get()
    assert parts_of(actor)["layers"] == [(3, "topic", False, "")]
    assert parts_of(actor)["aliases"] == [("colloquial", "Hofname")]
    assert parts_of(actor)["services"] == ["Beratung", "Schulung", "Prüfung"]
    assert "Entfallen: 4 Angaben:" in text
    assert "  Zeile 2, Ebenen „Grundlagenforschung – Thema“: entfällt" in text
    assert sorted(line["value"] for line in told.report) == [
        "Alter Hof – Früherer Name", "Angewandte Forschung und Transfer – Thema", "DH – Abkürzung",
        "Grundlagenforschung – Thema",
    ]  # fmt: skip


def test_a_dry_run_says_what_would_go(chain, told):
    told(HEAD, FIRST)
    before = current_revision()
    assert "Entfallen würden: 2 Angaben" in told(HEAD, SECOND, replace=["layers"], dry_run=True)
    assert current_revision() == before


@pytest.mark.parametrize("wish", ["topics", "name", "Firma", "nothing"])
def test_only_columns_of_the_file_can_be_replaced(chain, told, wish):
    with pytest.raises(CommandError, match=f"{wish}.*aliases, services, layers"):
        told(HEAD, FIRST, replace=[wish])


def test_an_empty_cell_replaces_only_in_a_row_that_names_its_actor_by_key(chain, told):
    actor = make_actor("A", layers=[1, 2])
    assert "unchanged: 1" in told("name,layers", "A,", replace=["layers"])
    assert "unchanged: 1" in told("slug,layers", "a,")
    told("slug,layers", "a,", replace=["layers"])
    assert not actor.placements.exists()


# ---------- details ----------
def test_details_that_a_cell_does_not_name_stay(chain, told):
    actor = make_actor("A", layers=[2, 1], clusters=[make_cluster("ours")])
    LayerPlacement.objects.filter(actor=actor, is_primary=True).update(basis="both", note_de="Warum")
    Membership.objects.update(kind="partner", since="2020-01-01", is_committed=True)
    actor.aliases.create(name="Alt", kind="former", language="de")
    Service.objects.create(actor=actor, title_de="Beratung", description_de="Lang", position=4)
    head = "name,layers,clusters,aliases,services"
    for options in ({}, {"replace": ["layers", "clusters", "aliases", "services"]}):
        assert "unchanged: 1" in told(head, "A,1|applied-research,ours,Alt,Beratung", **options)


def test_a_named_main_layer_moves(chain, told):
    actor = make_actor("A", layers=[2, 1])
    text = told("name,layers", "A,basic-research*")
    assert list(actor.placements.filter(is_primary=True).values_list("layer__position", flat=True)) == [1]
    assert actor.placements.count() == 2 and "Überschrieben: 2 Angaben" in text


def test_a_cluster_named_by_the_command_keeps_the_membership_that_is_there(told):
    cluster = make_cluster("ours")
    actor = make_actor("A", clusters=[cluster])
    actor.memberships.update(is_committed=True, since="2020-01-01")
    assert "unchanged: 1" in told("name,kind", "A,research_institute", cluster="ours")
    assert "unchanged: 1" in told("name,clusters", "A,Ours", cluster="ours")


def test_a_period_that_only_together_is_impossible_is_refused(told):
    actor = make_actor("A", clusters=[make_cluster("ours")])
    actor.memberships.update(since="2020-01-01")
    row = {"name": "A", "clusters": [{"cluster": "ours", "until": "2019-01-01"}]}
    with pytest.raises(CommandError):
        told(json.dumps([row]), name="t.json")
    assert actor.memberships.get().until is None


def test_relations_are_added_and_go_only_when_replaced(told):
    a, b, c = (make_actor(name) for name in "ABC")
    ActorRelation.objects.create(source=a, target=b, kind="supply", since=2001, note_de="Grund")
    assert "unchanged: 1" in told("slug,relations", "a,supply>b")
    told("slug,relations", "a,research>c")
    assert ActorRelation.objects.count() == 2
    text = told("slug,relations", "a,research>c", replace=["relations"])
    assert ActorRelation.objects.get().target == c
    assert "Beziehungen „Lieferbeziehung > B – 2001 – Grund“: entfällt" in text


def test_a_relation_ends_after_it_began_whatever_the_registry_held(told):
    a, b = make_actor("A"), make_actor("B")
    ActorRelation.objects.create(source=a, target=b, kind="supply", since=2001)
    ends = [{"kind": "supply", "target": "b", "until": 2010}]
    assert "changed: 1" in told(json.dumps([{"slug": "a", "relations": ends}]), name="t.json")
    assert ActorRelation.objects.values_list("since", "until").get() == (2001, 2010)
    for relation in ({"until": 2000}, {"since": 2011}, {"since": 2020, "until": 2019}):
        row = {"slug": "a", "relations": [{"kind": "supply", "target": "b"} | relation]}
        with pytest.raises(CommandError):
            told(json.dumps([row]), name="t.json")
    assert ActorRelation.objects.values_list("since", "until").get() == (2001, 2010)


def test_contact_persons_go_only_when_replaced(told):
    actor = make_actor("A")
    ContactPerson.objects.create(actor=actor, name="Erika Muster", phone="+4963112", consent_on="2026-01-01")
    told("name,contacts", "A,Max Muster")
    assert actor.contacts.count() == 2 and actor.contacts.get(name="Erika Muster").phone == "+4963112"
    told("name,contacts", "A,Max Muster", replace=["contacts"])
    assert actor.contacts.get().name == "Max Muster"


# ---------- the public file, imported again ----------
@pytest.fixture
def with_hidden_things(chain):
    hidden, shown = make_area("hidden", is_active=False), make_area("logistics")
    actor = make_actor(
        "Muster", layers=[1], areas=[hidden, shown], clusters=[make_cluster("ours"), make_cluster("theirs")],
        summary_de="", summary_en="Only English", website="https://muster.example", phone="+496312050",
    )  # fmt: skip
    actor.memberships.filter(cluster__slug="ours").update(is_cleared=False)
    actor.memberships.filter(cluster__slug="theirs").update(
        kind="partner", is_committed=True, is_cleared=True
    )
    ContactPerson.objects.create(actor=actor, name="Erika Muster")
    service = Service.objects.create(actor=actor, title_de="Rat", layer=chain[0])
    service.areas.set([hidden, shown])
    draft = make_actor("Draft", state="draft")
    ActorRelation.objects.create(source=actor, target=draft, kind="cooperation")
    return actor


PUBLIC = [
    *(f"/de/akteure/export.{ending}" for ending in ("csv", "xlsx", "json", "ndjson", "geojson")),
    *(f"/api/v1/actors/?format={form}&lang={lang}" for form in ("csv", "xlsx") for lang in ("de", "en", "*")),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_file_imported_again_changes_nothing(with_hidden_things, told, tmp_path, address):
    response = Client().get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert b"hidden" not in content
    ending = address.rpartition("export.")[2] if "export." in address else address.partition("format=")[2][:4]
    path = tmp_path / f"public.{ending.strip('&')}"
    path.write_bytes(content)
    revision = current_revision()
    assert "unchanged: 1\n" in told(name=path.name)
    assert current_revision() == revision


def test_the_page_of_an_entry_is_not_its_website(with_hidden_things, told):
    uid = with_hidden_things.uid
    text = told(
        "uid,slug,url,name,website",
        f"{uid},muster,https://portal.example/de/akteure/muster/,Muster,https://m.example",
    )
    assert "url" in text.splitlines()[1]
    told("uid,url", f"{uid},https://portal.example/de/akteure/muster/")
    with_hidden_things.refresh_from_db()
    assert with_hidden_things.website == "https://m.example"


def test_elsewhere_url_is_the_website(told):
    told("Firma,Art,URL", "A,Unternehmen,https://a.example")
    assert Actor.objects.get().website == "https://a.example"


@pytest.mark.parametrize(
    ("head", "one", "other"),
    [("Firma,Name,Art", "Firma", "Name"), ("name,Webseite,Homepage", "Webseite", "Homepage")],
)
def test_two_headings_for_one_column_are_both_named(told, head, one, other):
    with pytest.raises(CommandError, match=f"„{one}“ und „{other}“"):
        told(head, "A,B,company")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("identifiers", "register:HRB 2302"), ("clusters", "nowhere"), ("layers", "Grundlagenforshung"),
        ("layers", '[{"layer": "nowhere", "basis": "both"}]'), ("aliases", '[["x"]]'),
    ],
)  # fmt: skip
def test_messages_show_no_python(chain, told, tmp_path, column, cell):
    cell = json.loads(cell) if cell.startswith("[") else cell
    with pytest.raises(CommandError):
        told(json.dumps([{"name": "A", "kind": "other", column: cell}]), name="t.json")
    (line,) = csv.DictReader((tmp_path / "report.csv").open(encoding="utf-8"))
    assert (line["row"], line["column"]) == ("1", column)
    assert not re.search(r"\{'|\['|Kind\.|Basis\.|None|False", line["value"] + line["reason"]), line


# ---------- what is emptied, overwritten, normalised_values ----------
def test_emptied_overwritten_and_rewritten_values_are_listed(told):
    actor = make_actor("A", summary_de="Ein langer Satz der Kuratorin.", city="Leipzig", phone="")
    text = told("slug,summary_de,city,phone", "a,Kurz,,0631 2050")
    assert "Entfallen: 1 Angabe:\n  Zeile 2, Ort „Leipzig“: entfällt" in text
    assert (
        "Überschrieben: 1 Angabe:\n  Zeile 2, Kurzbeschreibung [DE] „Ein langer Satz der Kuratorin.“: wird „Kurz“"
        in text
    )
    assert "Vereinheitlicht: 1 Angabe:\n  Zeile 2, Telefon „0631 2050“: steht als „+496312050“" in text
    assert [line["row"] for line in told.report] == ["2", "2", "2"]
    actor.refresh_from_db()
    assert (actor.city, actor.phone) == ("", "+496312050")


def test_the_terminal_is_bounded_and_the_report_has_all(told):
    rows = [f"N{number},company,0631 20{number}" for number in range(10, 35)]
    text = told("name,kind,phone", *rows)
    assert "Vereinheitlicht: 25 Angaben" in text and "… und 15 weitere" in text
    assert len([line for line in told.report if "+4963120" in line["reason"]]) == 25
