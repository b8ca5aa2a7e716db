"""A person who asks for it is gone: from the registry, from every version, from every name in the history."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from actors.models import ContactPerson
from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.models import Erasure
from clusterportal.history.person import Person
from tests.factories import make_actor, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/history/erasure/person/"


def everywhere(needle: str) -> list[str]:
    """Tables of the database that hold the text anywhere."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{needle}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return sorted(found)


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A data directory of this test alone: files are searched, too."""
    settings.PORTAL_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def person(db):
    """Erika Beispiel, whose name changed once, and who is contact of two actors."""
    first = ContactPerson.objects.create(
        actor=make_actor("A"), name="Erika Muster", email="erika@example.org"
    )
    ContactPerson.objects.filter(pk=first.pk).update(name="Erika Beispiel")
    second = ContactPerson.objects.create(actor=make_actor("B"), name="Erika Beispiel")
    ContactPerson.objects.create(actor=make_actor("C"), name="Jemand Anderes")
    second.delete()


def test_contacts_go_with_every_version_of_them(person):
    administrator = make_person("administrator")
    assert everywhere("Erika") == ["actors_contactperson", "actors_contactpersonevent"]
    found = find_person(Person("Erika Beispiel", ""))
    assert [(one.kind, one.title, one.detail) for one in found.values()] == [
        ("Ansprechperson", "Erika Beispiel", "A · erika@example.org"), ("Ansprechperson", "Erika Beispiel", "B"),
    ]  # fmt: skip
    erasure, _done = erase(person=Person("Erika Beispiel"), keys=found, ground="request", by=administrator)
    assert everywhere("Erika") == everywhere("erika@example.org") == []
    assert list(ContactPerson.objects.values_list("name", flat=True)) == ["Jemand Anderes"]
    assert (erasure.by, erasure.ground, erasure.counts) == (administrator, "request", {"contact": 2})


def test_an_account_leaves_a_shell_without_a_name(client):
    editor = make_person("editor", username="erika.muster", first_name="Erika", last_name="Muster")
    with act("edit", by=editor):
        make_actor("A")
    found = find_person(Person("Erika Muster", ""))
    assert [one.title for one in found.values()] == ["erika.muster"]
    erase(person=Person("Erika Muster"), keys=found, ground="duty", by=make_person("administrator"))
    assert everywhere("erika") == []
    editor.refresh_from_db()
    assert (editor.username, editor.is_active, editor.role) == (f"erased-{editor.pk}", False, "")
    event = event_models()["actors.actor"].objects.latest("pgh_id")
    assert event.pgh_context.metadata["username"] == f"erased-{editor.pk}"


def test_the_history_is_append_only_for_everybody_else(person):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        event_models()["actors.contactperson"].objects.all().delete()


def test_only_administrators_erase(person, client):
    for role in ("manager", "editor", "viewer", "representative", "partner"):
        somebody = make_person(role)
        with pytest.raises(PermissionDenied):
            erika = Person("Erika Beispiel")
            erase(person=erika, keys=find_person(erika), ground="request", by=somebody)
        client.force_login(somebody)
        assert client.get(PAGE).status_code in (302, 403)
        assert client.post(PAGE, {"name": "Erika Beispiel"}).status_code in (302, 403)
    assert ContactPerson.objects.filter(name__startswith="Erika").exists()


def test_the_page_shows_first_and_erases_what_was_chosen(person, admin_client):
    make_actor("Verein", description_de="Gegründet von Erika Beispiel, 2011.")
    asked = {"name": "Erika Beispiel", "email": "", "phone": "", "ground": "request"}
    page = admin_client.post(PAGE, asked)
    keys = [*page.context["own"]]
    (text,) = page.context["texts"].values()
    assert (text.kind, text.title, text.versions) == ("Akteur", "Verein", 1)
    assert [(one.column, one.before, one.words, one.after) for one in text.excerpts] == [
        ("Beschreibung [DE]", "Gegründet von ", "Erika Beispiel", ", 2011.")
    ]
    nothing = admin_client.post(PAGE, asked | {"found": ["contact:999999", "account:1"], "erase": "1"})
    assert nothing.status_code == 200 and not Erasure.objects.exists()
    assert "Es war nichts ausgewählt, gelöscht wurde nichts." in nothing.content.decode()
    done = admin_client.post(PAGE, asked | {"found": keys[:1], "erase": "1"})
    words = done.content.decode()
    assert "1 Eintrag wurde mit allen Fassungen gelöscht." in words
    assert "2 Stellen nennen die Person noch" in words  # the other contact, and the text
    assert "Sicherungen" in words
    assert Erasure.objects.get().counts == {"contact": 1}


def test_the_address_of_the_page_never_names_the_person(admin_client):
    page = admin_client.get(PAGE, {"name": "Erika Beispiel"})
    assert not page.context["form"].is_bound
    assert "Erika" not in markup_of(page)
    assert b'method="get"' not in page.content.split(b"<main", 1)[1]


def test_all_can_be_ticked_at_once_and_what_bears_the_address_is_ticked(person, admin_client):
    ContactPerson.objects.create(actor=make_actor("D"), name="E. B.", email="erika@example.org")
    asked = {"name": "Erika Beispiel", "email": "erika@example.org", "phone": ""}
    ticked = admin_client.post(PAGE, asked).content.decode().count("checked")
    assert ticked == 2  # the one whose address it is, and the one that had it before
    assert admin_client.post(PAGE, asked | {"all": "1"}).content.decode().count("checked") == 3


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            {"name": " ", "email": "", "phone": ""},
            "Geben Sie den Namen, die E-Mail-Adresse oder die Telefonnummer an.",
        ),
        ({"name": "Müller", "email": "", "phone": ""}, "Vor- und Nachnamen angeben"),
        ({"name": "", "email": "", "phone": "12"}, "keine Telefonnummer"),
        ({"name": "", "email": "erika", "phone": ""}, "E-Mail"),
    ],
)
def test_who_is_named_unclearly_is_not_looked_for(admin_client, asked, words):
    page = admin_client.post(PAGE, asked)
    (said,) = (str(error) for errors in page.context["form"].errors.values() for error in errors)
    assert words in said and said in unescape(page.content.decode())
    assert "found" not in page.context
    assert find_person(Person("", "")) == find_person(Person("Müller")) == {}
