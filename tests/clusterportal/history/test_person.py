"""Where a text names a person: every spelling of the name, the e-mail, the telephone number; and nobody else."""

import pytest

from actors.models import Actor
from clusterportal.history import file_search
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from tests.clusterportal.history.test_erased_everywhere import PERSON, SPELT, tables_with
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "Xerika Schmidt und Hans Zümpelmann", "Xerika Schmidt, Hans Zümpelmann", "Zümpelmann & Xerika GmbH",
        "Xerika", "Frau Zümpelmann", "Zümpelmannstraße 3, Xerika-Apotheke", "Xerikara Zümpelmann",
        "Xerika lebt in Mainz. Das Haus Zümpelmann steht in Trier.", "xe.zu@zumpel.example.org", "1 0631 99887761",
    ],
)  # fmt: skip
def test_strangers_are_left_alone(text):
    assert PERSON.spots(text) == []
    make_actor("Firma", description_de=text)
    assert find_person(PERSON) == {}


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "Anna-Lena Müller-Lüdenscheidt",
            [
                "ANNA-LENA MÜLLER-LÜDENSCHEIDT", "Anna Lena Mueller Luedenscheidt", "Müller-Lüdenscheidt, Annalena",
                "Mueller_Luedenscheidt_Anna_Lena.pdf", "https://a.example/anna-lena_mueller-luedenscheidt",
                "Anna Müller - Lüdenscheidt", "Anna-Lena Müller-\nLüdenscheidt", "Anna-Lena Müller\u00adLüdenscheidt",
                "anna-lena%20m%C3%BCller-l%C3%BCdenscheidt", "Anna-Lena M&uuml;ller-L&#252;denscheidt",
                "Anna-Lena Mu%CC%88ller-Lu%CC%88denscheidt", "Anna-Lena M=C3=BCller-L=C3=BCdenscheidt",
                r"Anna-Lena M\u00fcller-L\u00dcdenscheidt", "AnnaLenaMüllerLüdenscheidt",
            ],
        ),
        ("Jürgen Großmann", ["JUERGEN GROẞMANN", "J%FCrgen Gro%DFmann", "Großmanns Jürgen", "NAME=JÜRGEN GROSSMANN"]),
        ("Håkan Sørensen", ["Haakan Soerensen", "Hakan Sorensen", "H&aring;kan S&oslash;rensen"]),
        ("Łukasz Wójcik-O'Brien", ["Lukasz Wojcik-O’Brien", "ŁUKASZ WÓJCIK OBRIEN", "lukasz-wojcik-o-brien"]),
        ("Hans Peter von der Heide", ["Hans von der Heide", "hans-peter.vonderheide", "Heide, Hans von der"]),
        ("Ada Lovelace", ["NAME=ADA LOVELACE", "Ada%2BLovelace"]),
    ],
)  # fmt: skip
def test_double_names_and_names_coded_for_machines_are_found(name, texts):
    person = Person(name)
    assert [text for text in texts if not person.spots(text)] == []
    actors = {make_actor(f"Firma {at}", description_de=text).pk: text for at, text in enumerate(texts)}
    found = {hit.record for hit in Search(person).within(Actor) if not hit.is_version}
    assert [text for pk, text in actors.items() if str(pk) not in found] == []
    long = "Ein Wort mit Müh. " * 200
    assert [text for text in texts if not person.spots(long + text)] == []


def test_what_is_coded_is_taken_out_where_it_stands():
    text = "Zu&amp;r M%C3%BCller-Seite: Anna-Lena M&uuml;ller, heute."
    [(start, end)] = Person("Anna-Lena Müller").spots(text)
    assert text[:start] + text[end:] == "Zu&amp;r M%C3%BCller-Seite: , heute."


@pytest.mark.parametrize(
    "email", ["xe.zu[at]zumpel[dot]example", "xe.zu&#64;zumpel.example", "xe.zu (ät) zumpel.example"]
)
def test_an_address_written_against_machines_is_found(email):
    assert PERSON.spots(f"Mail: {email} oder so") == [(6, 6 + len(email))]


FOUND = [
    "Xerika Zümpelmann", "ZÜMPELMANN Xerika", "Zuempelmann, Prof. Dr. rer. nat. Xerika",
    "Xerika Zumpelmann", "Xerika Zu\u0308mpelmann", "Xerika von Zümpelmann", "Xerika Anna Maria Zümpelmann",
    "Xerika A. Zümpelmanns Rede",
    "Zümpelmann (geb. Muster), Xerika", "xerika.zuempelmann@firma.example", "xerika_zümpelmann",
    "xerikazuempelmann7",
    "https://a.example/team/zuempelmann-xerika.html?x=1", "XE.ZU@ZUMPEL.EXAMPLE", "xe.zu(at)zumpel.example",
    "mailto:xe.zu%40zumpel.example", "0631/99 88 776", "+49 (0) 631-9988776", "0049 631 9988776",
    "Xerika\tZümpelmann",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_every_spelling_is_found_and_leaves_nothing(text):
    actor = make_actor("Firma", description_de=f"Vorher {text} nachher.")
    found = find_person(PERSON)
    assert len(found) == 1
    erase(person=PERSON, keys=found, ground="request", by=make_person("administrator"))
    actor.refresh_from_db()
    assert actor.description_de.startswith("Vorher ") and "[entfernt]" in actor.description_de
    assert [word for word in SPELT if tables_with(word)] == []


@pytest.mark.parametrize("text", FOUND)
def test_a_long_text_is_only_glanced_at_but_nothing_is_missed(text):
    long = "Ein Wort mit Müh. " * 200
    assert len(PERSON.spots(f"{long}{text} {long}")) == 1
    assert PERSON.spots(long * 2) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
def test_a_file_is_read_whatever_its_encoding(tmp_path, encoding, monkeypatch):
    monkeypatch.setattr(file_search, "_PIECE", 1500)
    path, line = tmp_path / "liste.csv", "Straße;Übung;Größe\n"
    for before in (100, 101, 102, 103, 177):  # wherever a piece ends
        path.write_bytes((line * before + "Zümpelmann;Xerika\n" + line * 50).encode(encoding))
        assert file_search.names(path, PERSON)
    path.write_bytes((line * 200).encode(encoding))
    assert not file_search.names(path, PERSON)
