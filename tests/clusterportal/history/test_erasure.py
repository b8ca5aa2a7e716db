"""A person who asks for it is gone: from the registry, from every version, from every name in the history."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from actors.models import ContactPerson
from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.erasure import Person, erase, find_person
from clusterportal.history.models import Erasure
from tests.factories import make_actor, make_person

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
    erasure = erase(keys=found, ground="request", by=administrator)
    assert everywhere("Erika") == everywhere("erika@example.org") == []
    assert list(ContactPerson.objects.values_list("name", flat=True)) == ["Jemand Anderes"]
    assert (erasure.by, erasure.ground, erasure.counts) == (administrator, "request", {"contact": 2})


def test_an_account_leaves_a_shell_without_a_name(client):
    editor = make_person("editor", username="erika.muster", first_name="Erika", last_name="Muster")
    with act("edit", by=editor):
        make_actor("A")
    found = find_person(Person("Erika Muster", ""))
    assert [one.title for one in found.values()] == ["erika.muster"]
    erase(keys=found, ground="duty", by=make_person("administrator"))
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
            erase(keys=find_person(Person("Erika Beispiel", "")), ground="request", by=somebody)
        client.force_login(somebody)
        assert client.get(PAGE).status_code in (302, 403)
        assert client.post(PAGE, {"name": "Erika Beispiel"}).status_code in (302, 403)
    assert ContactPerson.objects.filter(name__startswith="Erika").exists()


def test_the_page_shows_first_and_erases_what_was_chosen(person, admin_client):
    make_actor("Verein", description_de="Gegründet von Erika Beispiel.")
    page = admin_client.get(PAGE, {"name": "Erika Beispiel"})
    keys = [*page.context["found"]]
    assert [title for title, _address in page.context["mentions"]] == ["Verein"]
    asked = {"name": "Erika Beispiel", "email": "", "ground": "request"}
    nothing = admin_client.post(PAGE, asked | {"found": ["contact:999999", "account:1"]})
    assert nothing.status_code == 200 and not Erasure.objects.exists()
    done = admin_client.post(PAGE, asked | {"found": keys[:1]}, follow=True)
    assert "1 Datensatz wurde mit allen Versionen gelöscht." in done.content.decode()
    assert "Erika" not in done.content.decode()
    assert Erasure.objects.get().counts == {"contact": 1}


def test_who_gives_nothing_finds_nothing(admin_client):
    page = admin_client.get(PAGE, {"name": " ", "email": ""})
    assert "Name, E-Mail-Adresse oder beides angeben." in page.content.decode()
    assert find_person(Person("", "")) == {}
