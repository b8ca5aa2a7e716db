"""The page that matches a list: pasted, or as a table; nothing of it stays."""

import csv
import io
import pickle

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clusterportal.pages.forms import guard
from clusterportal.review.domain import throttle
from clusterportal.review.models import Attempt
from clusterportal.tables import sandbox
from clusterportal.tables.inspection import OPERATIONS
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
PAGE = "/de/abgleich/"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch, request):
    """Forms may be sent at once, and tables are read here: the sandbox is tried elsewhere."""

    def results(task, **_limits):
        name, *given = pickle.loads(pickle.dumps(task))
        yield from OPERATIONS[name](*given)

    monkeypatch.setattr(guard, "AT_LEAST", 0)
    monkeypatch.setattr(sandbox, "_results", results)


@pytest.fixture
def actors():
    make_actor("Institut für Werkstoffe", slug="werkstoffe-trier", city="Trier")
    make_actor("Institut für Werkstoffe", slug="werkstoffe-leipzig", city="Leipzig")
    return make_actor(
        "Fraunhofer-Institut für Techno- und Wirtschaftsmathematik", slug="itwm", city="Kaiserslautern"
    )


def send(client, **fields):
    opened = client.get(PAGE).context["guard"].token
    return client.post(PAGE, {"opened": opened, **fields})


def groups(answer) -> dict[str, list]:
    found = answer.context["found"]
    return {name: [line.name for line in getattr(found, name)] for name in ("sure", "unsure", "unknown")}


LIST = (
    "Fraunhofer Institut für Techno- u. Wirtschaftsmathematik\nInstitut für Werkstoffe e. V.\nNiemand GmbH\n"
)


def test_pasted_names_fall_into_three_groups(client, actors):
    answer = send(client, **{"list-names": LIST})
    assert answer.status_code == 200
    assert groups(answer) == {
        "sure": [],
        "unsure": [
            "Fraunhofer Institut für Techno- u. Wirtschaftsmathematik",
            "Institut für Werkstoffe e. V.",
        ],
        "unknown": ["Niemand GmbH"],
    }
    assert "Set-Cookie" not in answer and "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert "gleicher Name" in page and 'value="csv"' in page and "100 von 100" not in page


def test_a_place_behind_a_name_decides(client, actors):
    answer = send(client, **{"list-names": "Institut für Werkstoffe;Trier\nInstitut für Werkstoffe;Mainz"})
    assert groups(answer) == {
        "sure": ["Institut für Werkstoffe"], "unsure": ["Institut für Werkstoffe"], "unknown": []
    }  # fmt: skip
    (line,) = answer.context["found"].sure
    assert (line.picked.actor.slug, line.more) == ("werkstoffe-trier", "Trier")


def test_the_table_is_taken_away_with_what_was_chosen(client, actors):
    page = send(client, **{"list-names": f"Firma;Ort\n=Niemand;\n{actors.name};\nInstitut für Werkstoffe;"})
    found = page.context["found"]
    chosen = found.unsure[0].candidates[1].actor
    back = {
        "table": page.context["table"],
        "column-name": "0",
        "column-city": "1",
        f"pick-{found.unsure[0].number}": str(chosen.uid),
        "pick-0": "00000000-0000-4000-8000-000000000000",  # nobody among the candidates
    }
    answer = send(client, download="csv", **back)
    assert answer["Content-Disposition"] == 'attachment; filename="abgeglichen.csv"'
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["Firma", "Ort", "uid", "slug", "actor_name", "score"],
        ["'=Niemand", "", "", "", "", ""],
        [actors.name, "", str(actors.uid), "itwm", actors.name, "100"],
        ["Institut für Werkstoffe", "", str(chosen.uid), chosen.slug, chosen.name, "100"],
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(send(client, download="xlsx", **back).streaming_content))
    )
    assert [cell.value for cell in book.active[3]][2:4] == [str(actors.uid), "itwm"]


def test_a_table_is_read_and_asks_for_the_column_of_names_only_where_it_must(client, actors):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["Nr.", "Firma", "Ort"], [1, actors.name, "Kaiserslautern"]):
        book.active.append(row)
    book.save(file)
    answer = send(client, **{"list-file": SimpleUploadedFile("a.xlsx", file.getvalue())})
    assert groups(answer)["sure"] == [actors.name]
    unclear = f"lfd,Wer\n1,{actors.name}\n2,Niemand\n".encode()
    page = send(client, **{"list-file": SimpleUploadedFile("b.csv", unclear)})
    assert [choice[1] for choice in page.context["columns"].fields["name"].choices[1:]] == ["lfd", "Wer"]
    table = page.context["table"]
    again = send(client, table=table, **{"column-name": ""})
    assert again.status_code == 422 and "Wählen Sie die Spalte" in again.content.decode()
    assert groups(send(client, table=table, **{"column-name": "1"}))["sure"] == [actors.name]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Fügen Sie Namen ein"),
        ({"list-names": "a\n" * 2001}, "höchstens 2000 Zeilen"),
        ({"list-file": SimpleUploadedFile("a.csv", b"Name\n" + b"a\n" * 2001)}, "höchstens 2000 Zeilen"),
        ({"list-file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no workbook")}, "Datei"),
        ({"list-file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "größer als 5 MB"),
        ({"list-names": "a", "list-file": SimpleUploadedFile("a.csv", b"Name\na")}, "nicht beides"),
        ({"table": "", "column-name": "0"}, "nicht vollständig"),
        ({"table": "1,a\n,b,c\n", "column-name": "0"}, "nicht vollständig"),
        ({"table": "1,a\n,b\n", "column-name": "7"}, "keine gültige Auswahl"),
    ],
)
def test_what_cannot_be_matched_is_said(client, fields, said):
    answer = send(client, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_bots_other_sites_and_too_many_lists_are_kept_out(client, actors, monkeypatch):
    filled = {"list-names": "Fraunhofer"}
    assert "found" not in send(client, **filled, **{guard.TRAP: "x"}).context
    assert client.post(PAGE, filled).status_code == 422  # not opened here
    opened = client.get(PAGE).context["guard"].token
    other = client.post(PAGE, {"opened": opened, **filled}, headers={"sec-fetch-site": "cross-site"})
    assert other.status_code == 403
    monkeypatch.setattr(throttle, "LISTS_PER_NETWORK", 1)
    monkeypatch.setattr(
        "allauth.account.adapter.DefaultAccountAdapter.get_client_ip", lambda *_: "93.184.216.34"
    )
    assert [send(client, **filled).status_code for _time in range(2)] == [200, 429]
    assert Attempt.objects.count() == 1
