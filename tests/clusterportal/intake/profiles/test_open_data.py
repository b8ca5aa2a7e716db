"""The profiles for open data, with rows made up here and with the real files where they are."""

import csv

import pytest
from django.core.management import CommandError, call_command

from actors.enums import LegalForm
from actors.models import Actor, ActorAlias, ActorRelation, Identifier
from clusterportal.history.models import current_revision
from clusterportal.intake.identity.legal_forms import legal_form_in
from tests.clusterportal.intake.test_import_actors import NOTHING, run
from tests.factories import make_actor

pytestmark = pytest.mark.django_db

ROR = {
    "ror_id": "https://ror.org/019hjw009", "name": "Institute of Wheels", "name_de": "Institut für Räder",
    "name_en": "Institute of Wheels", "aliases": "Wheels|Räder", "acronym": "IOW|IR",
    "types": "facility|funder", "city": "Leipzig", "country_code": "DE",
    "lat": "51.3", "lng": "12.4", "website": "https://example.org",
    "wikipedia": "", "established": "1995", "parents": "", "children": "", "related": "",
}  # fmt: skip

NAMED = {"Germany": "019hjw009", "France": "00r1wdc11"}  # both in Germany


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.fixture
def ror(tmp_path):
    def write(*changes):
        path = tmp_path / "ror.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ROR)
            writer.writeheader()
            writer.writerows(ROR | change for change in changes)
        return path

    return write


def test_ror_record(ror, capsys):
    assert run(ror({}), capsys, profile="ror") == NOTHING | {"new": 1}
    actor = Actor.objects.get()
    assert (actor.name, actor.short_name, actor.kind) == ("Institut für Räder", "", "research_institute")
    assert (actor.city, actor.latitude, actor.location_accuracy) == ("Leipzig", 51.3, "town")
    assert (actor.founded, actor.country, actor.source) == (1995, "DE", "https://ror.org/019hjw009")
    assert actor.summary_de == actor.summary_en == ""
    assert set(ActorAlias.objects.values_list("name", "kind", "language")) == {
        ("Institute of Wheels", "translated", "en"), ("Wheels", "colloquial", ""),
        ("Räder", "colloquial", ""), ("IOW", "acronym", ""), ("IR", "acronym", ""),
    }  # fmt: skip
    assert str(Identifier.objects.get()) == "ror:019hjw009"


def test_ror_fills_gaps_and_leaves_the_curators_words(ror, capsys):
    actor = make_actor("Rad-Institut", kind="company", website="")
    Identifier.objects.create(actor=actor, scheme="ror", value="019hjw009")
    assert run(ror({}), capsys, profile="ror") == NOTHING | {"changed": 1}
    actor.refresh_from_db()
    assert (actor.name, actor.kind, actor.website) == ("Rad-Institut", "company", "https://example.org")
    assert run(ror({}), capsys, profile="ror") == NOTHING | {"unchanged": 1}


def test_ror_parents_and_children_are_one_relation(ror, capsys):
    parent = {"ror_id": "019hjw009", "children": "00r1wdc11=Part|0abcdef00=Elsewhere"}
    child = {"ror_id": "00r1wdc11", "name_de": "Teil", "parents": "019hjw009=Whole"}
    assert run(ror(parent, child), capsys, profile="ror") == NOTHING | {"new": 2}
    relation = ActorRelation.objects.get()
    assert (relation.source.name, relation.kind, relation.target.name, relation.evidence) == (
        "Institut für Räder", "parent", "Teil", "https://ror.org/00r1wdc11",
    )  # fmt: skip


def test_ror_year_out_of_range_is_invalid(ror):
    with pytest.raises(CommandError):
        call_command("import_actors", ror({"established": "123"}), profile="ror")


def test_a_name_without_latin_letters_gets_its_address_from_elsewhere(ror, capsys):
    run(ror({"name": "東京大学", "name_de": "", "name_en": "University of Tokyo"}), capsys, profile="ror")
    assert Actor.objects.get().slug == "university-of-tokyo"


@pytest.mark.parametrize(
    ("types", "name", "kind"),
    [
        ("education|funder", "Universität Leipzig", "university"),
        ("education", "Akademie für Alte Musik", "education"),
        ("funder|healthcare", "Charité - Universitätsmedizin Berlin", "hospital"),
        ("healthcare", "Universitätsklinikum Erlangen", "hospital"),
        ("healthcare", "Forschungsinstitut der Diabetes-Akademie", "research_institute"),
        ("healthcare", "Medicover", "service_provider"),
        ("funder|nonprofit", "Förderverein", "association"),
        ("nonprofit", "Institut für Räder", "research_institute"),
        ("other", "Handwerkskammer Leipzig", "chamber"),
        ("funder|government", "Ministerium", "public_body"),
        ("archive", "Archiv", "other"),
    ],
)
def test_ror_types(ror, capsys, types, name, kind):
    run(ror({"types": types, "name": name, "name_de": name, "name_en": ""}), capsys, profile="ror")
    assert Actor.objects.get().kind == kind


@pytest.mark.parametrize(
    ("country", "town", "own"),
    [
        ("DE", "Munich", "München"),
        ("DE", "COLOGNE", "Köln"),
        ("AT", "Vienna", "Wien"),
        ("DE", "Kreisfreie Stadt Frankenthal (Pfalz)", "Frankenthal (Pfalz)"),
        ("US", "Vienna", "Vienna"),
    ],
)
def test_ror_towns_are_called_as_they_call_themselves(ror, capsys, country, town, own):
    where = {"country_code": country, "city": town, "lat": "", "lng": ""}
    run(ror(where), capsys, profile="ror")
    actor = Actor.objects.get()
    assert (actor.city, actor.location_accuracy) == (own, "")


def test_ror_names_without_their_country(ror, capsys):
    company = {"name_de": "", "name_en": "", "aliases": "", "acronym": "", "types": "company"}
    rows = [company | {"name": f"Adidas ({where})", "ror_id": key} for where, key in NAMED.items()]
    run(ror(*rows), capsys, profile="ror")
    assert list(Actor.objects.order_by("name").values_list("name", flat=True)) == [
        "Adidas",
        "Adidas (France)",
    ]
    assert not ActorAlias.objects.exists()


def test_ror_again_corrects_what_it_wrote_once(ror, capsys):
    """Towns, names and kinds of an earlier import; not what curators wrote, and no point of theirs is judged."""
    for key, changes in {
        "019hjw009": {},
        "00r1wdc11": {"name": "Haus", "city": "Nürnberg", "latitude": 49.4},
    }.items():
        kept = {"name": "Klinikum (Germany)", "kind": "service_provider", "city": "Nuremberg"}
        place = {"latitude": 49.45, "longitude": 11.08}
        actor = make_actor(slug=key, **kept | place | changes)
        Identifier.objects.create(actor=actor, scheme="ror", value=key)
    said = {"name": "Klinikum (Germany)", "name_de": "", "name_en": "", "types": "healthcare", "city": "Nuremberg",
            "lat": "49.45", "lng": "11.08", "aliases": "", "acronym": ""}  # fmt: skip
    run(ror(said, said | {"ror_id": "00r1wdc11"}), capsys, profile="ror")
    fields = ("slug", "name", "kind", "city", "latitude", "location_accuracy")
    assert list(Actor.objects.order_by("slug").values_list(*fields)) == [
        ("00r1wdc11", "Haus", "hospital", "Nürnberg", 49.4, ""),
        ("019hjw009", "Klinikum", "hospital", "Nürnberg", 49.45, "town"),
    ]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Wagen GmbH", "GMBH"), ("Wagen GmbH & Co. KG", "KG"), ("Hilfe gGmbH", "GGMBH"), ("Auto SE", "SE"),
        ("Neu UG (haftungsbeschränkt)", "UG"), ("Bau e.K.", "SOLE"), ("Bau e. K. Inh. A", "SOLE"),
        ("Bank eG", "EG"), ("Verein e.V.", "EV"), ("Software AG", "AG"), ("Wagen KGaA", "KGAA"),
        ("Ärzte PartG mbB", "PARTG_MBB"), ("Bau oHG", "OHG"), ("Gartenfreunde", ""),
    ],
)  # fmt: skip
def test_legal_form_from_the_name(name, form):
    assert legal_form_in(name) == (LegalForm[form].value if form else "")


# ---------- the real files ----------
def test_german_research_organisations(shared_data, capsys):
    path = shared_data / "ror_de.csv"
    assert run(path, capsys, profile="ror") == NOTHING | {"new": 1917}
    revision = current_revision()
    assert run(path, capsys, profile="ror") == NOTHING | {"unchanged": 1917}
    assert current_revision() == revision
    assert Actor.objects.filter(source__startswith="https://ror.org/").count() == 1917


def test_register_entries_in_windows_encoding(shared_data, capsys):
    path = shared_data / "messy" / "transcoded_offeneregister_cp1252_semicolon.csv"
    found = run(path, capsys, profile="offeneregister")
    assert found == NOTHING | {"new": 765, "skipped": 35}
    actor = Actor.objects.get(identifiers__value="Kaiserslautern HRB 31410")
    assert (actor.name, actor.street, actor.legal_form, actor.state) == (
        "Blue Order Technologies GmbH", "Europaallee 10", "2HBR", "draft",
    )  # fmt: skip
    assert run(path, capsys, profile="offeneregister") == NOTHING | {"unchanged": 765, "skipped": 35}


def test_the_whole_register_of_two_regions(shared_data, capsys):
    path = shared_data / "offeneregister_leipzig_kaiserslautern.csv"
    assert run(path, capsys, profile="offeneregister") == NOTHING | {"new": 7527}
    assert Identifier.objects.filter(scheme="register").count() == 7527
    assert not Actor.objects.filter(city__regex=r"^\d{4}").exists()  # some have postcodes of before 1993


def test_a_statistical_table_has_no_actors_by_itself(shared_data, tmp_path):
    path, report = shared_data / "messy" / "destatis_04-kreise_merged_headers.xlsx", tmp_path / "report.csv"
    with pytest.raises(CommandError, match="430"):
        call_command("import_actors", path, report=report)
    invalid = [row for row in csv.DictReader(report.open(encoding="utf-8")) if row["column"]]
    assert {row["column"] for row in invalid} == {"kind"} and len(invalid) == 430
    assert not Actor.objects.exists()
