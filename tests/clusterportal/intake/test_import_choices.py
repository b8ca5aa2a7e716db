"""What the command line and files of profiles say of columns: filling, leaving out, values, separators."""

import io

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor, ActorTopic, Topic
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.fixture
def bring(tmp_path):
    """Imports lines as a CSV file; returns what the command says."""

    def run(*lines: str, **options) -> str:
        (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        out = io.StringIO()
        call_command("import_actors", tmp_path / "t.csv", stdout=out, stderr=out, **options)
        return out.getvalue()

    return run


def test_columns_that_only_fill(bring):
    make_actor("A", slug="a", city="Köln", website="", phone="")
    table = "slug;Ort;Webseite;Telefon", "a;Bonn;https://a.example;0221 2050"
    assert "changed: 1" in bring(*table, fill=["city", "Webseite"])
    assert [*Actor.objects.values_list("city", "website", "phone")] == [
        ("Köln", "https://a.example", "+492212050")
    ]
    assert "unchanged: 1" in bring(*table, fill=["city"])


def test_values_that_are_left_out_are_listed_and_their_rows_taken(bring, chain, tmp_path):
    table = "Firma;Art;Ebenen;E-Mail", "A;Unternehmen;1|Nirgends;info@", "B;Unternehmen;2;b@example.org"
    with pytest.raises(CommandError):
        bring(*table, leave_out=["Ebenen"])
    assert not Actor.objects.exists()
    report = tmp_path / "report.csv"
    told = bring(*table, leave_out=["Ebenen", "email"], report=report)
    assert "new: 2" in told and "Zeile 2, Ebenen „Nirgends“: Nicht verstanden und weggelassen" in told
    assert "Nirgends" in report.read_text(encoding="utf-8") and "info@" in report.read_text(encoding="utf-8")
    assert {*Actor.objects.values_list("name", "email", "placements__layer__position")} == {
        ("A", "", 1), ("B", "b@example.org", 2),
    }  # fmt: skip
    assert "unchanged: 2" in bring(*table, leave_out=["Ebenen", "email"])


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("fill", "„Wetter“ kann nicht ergänzt werden. Möglich in dieser Datei: name, kind."),
        (
            "leave_out",
            "„Wetter“ kann nicht weggelassen werden. Möglich in dieser Datei: kind.",
        ),
        ("replace", "„Wetter“ kann nicht ersetzt werden. Möglich in dieser Datei: –."),
    ],
)
def test_a_column_that_is_not_there_is_refused(bring, option, words):
    with pytest.raises(CommandError) as refused:
        bring("Firma;Art", "A;Unternehmen", **{option: ["Wetter"]})
    assert str(refused.value) == words


def test_the_name_is_never_left_out(bring):
    with pytest.raises(CommandError, match="kann nicht weggelassen werden"):
        bring("Firma;Art", "A;Unternehmen", leave_out=["Firma"])


def test_a_profile_in_a_file_names_values_separators_and_rules(bring, tmp_path):
    Topic.objects.create(slug="ai", name_de="Künstliche Intelligenz")
    (tmp_path / "data" / "profiles").mkdir(parents=True)
    (tmp_path / "data" / "profiles" / "mine.toml").write_text(
        """
fills = ["city"]
[separators]
topics = "/"
[values.kind]
"Firma" = "Unternehmen"
[values.topics]
"KI" = "ai"
"Software" = "+"
[unknown]
topics = "-"
""",
        encoding="utf-8",
    )
    table = "Firma;Art;Themen", "A;firma;KI/software/Wetter"
    told = bring(*table, profile="mine")
    assert "1 neues Thema: software." in told and "„Wetter“: Nicht verstanden und weggelassen" in told
    assert {*ActorTopic.objects.values_list("topic__slug", flat=True)} == {"ai", "software"}
    assert Actor.objects.get().kind == "company"
    assert "unchanged: 1" in bring(*table, profile="mine")
