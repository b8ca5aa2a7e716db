"""Where a text names a person: every spelling of the name, the e-mail, the telephone number; and nobody else."""

import pytest

from clusterportal.history import reading
from clusterportal.history.erasure import erase, find_person
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
    monkeypatch.setattr(reading, "_PIECE", 1500)
    path, line = tmp_path / "liste.csv", "Straße;Übung;Größe\n"
    for before in (100, 101, 102, 103, 177):  # wherever a piece ends
        path.write_bytes((line * before + "Zümpelmann;Xerika\n" + line * 50).encode(encoding))
        assert reading.names(path, PERSON)
    path.write_bytes((line * 200).encode(encoding))
    assert not reading.names(path, PERSON)
