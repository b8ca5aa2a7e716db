import pghistory
import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.domain.history import sources_of
from actors.models import Actor, ContactPerson, LayerPlacement, Service
from clusterportal.history.changes import Source, read, sources_for
from clusterportal.history.wording import changed_part
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def of(model) -> list:
    return read([Source(model)], limit=50)


def test_an_update_is_read_field_by_field_in_words():
    actor = make_actor("Alt", kind="company")
    Actor.objects.filter(pk=actor.pk).update(kind="startup", summary_en="They build robots.")
    change = of(Actor)[0]
    assert (change.operation, change.title, change.is_latest) == ("update", "Alt", True)
    found = {d.name: (d.before, d.after) for d in change.differences}
    assert found == {
        "kind": (dict(Actor._meta.get_field("kind").choices)["company"], "Start-up"),
        "summary_en": ("", "They build robots."),
    }
    assert next(d for d in change.differences if d.name == "summary_en").label.endswith("[EN]")


def test_a_change_names_the_person_the_command_or_nobody():
    make_actor("Nobody")
    with pghistory.context(username="anna"):
        make_actor("Anna")
    with pghistory.context(command="import_actors"):
        make_actor("Command")
    told = {change.title: (change.person, change.command) for change in of(Actor)}
    assert told == {"Nobody": ("", ""), "Anna": ("anna", ""), "Command": ("", "import_actors")}


def test_the_history_of_an_actor_holds_its_parts(admin_user, chain):
    actor, other = make_actor("Eins", layers=[1]), make_actor("Zwei", layers=[2])
    Service.objects.create(actor=actor, title_de="Prüfung")
    ContactPerson.objects.create(actor=actor, name="Erika Muster")
    LayerPlacement.objects.filter(actor=actor).delete()
    changes = read(sources_of(actor.pk, user=admin_user), limit=50)
    kinds = sorted((change.model._meta.model_name, change.operation) for change in changes)
    assert kinds == [
        ("actor", "insert"), ("contactperson", "insert"), ("layerplacement", "delete"),
        ("layerplacement", "insert"), ("service", "insert"),
    ]  # fmt: skip
    assert str(other) not in " ".join(change.title for change in changes)


def test_what_is_gone_can_still_be_named(chain):
    actor = make_actor("Eins", layers=[3])
    actor.delete()
    titles = [change.title for change in of(LayerPlacement)]
    assert titles == [str(chain[2])] * 2


def test_pages_follow_on_one_another():
    for number in range(7):
        make_actor(f"Nummer {number}")
    pages = [
        [c.event_id for c in read([Source(Actor), Source(LayerPlacement)], limit=3, offset=o)]
        for o in (0, 3, 6)
    ]
    assert [len(page) for page in pages] == [3, 3, 1]
    whole = [number for page in pages for number in page]
    assert whole == sorted(whole, reverse=True)


def test_reading_a_page_takes_as_many_queries_for_one_change_as_for_many(admin_user, chain):
    def told() -> tuple[int, int]:
        """How many changes the page tells, and by how many queries."""
        with CaptureQueriesContext(connection) as captured:
            told = [(change.title, change.differences) for change in read(sources_for(admin_user), limit=30)]
        assert all(title and differences for title, differences in told)
        return len(told), len(captured)

    make_actor("Eins", layers=[1])
    few, queries = told()
    assert (few, queries) == (7, 4)  # five layers, the actor and its placement
    for number in range(5):
        make_actor(f"Nummer {number}", layers=[1, 2])
    assert told() == (few + 5 * 3, queries)


def test_nobody_reads_what_they_may_not_view(django_user_model):
    user = django_user_model.objects.create_user("ben", is_staff=True)
    assert sources_for(user) == []


def test_long_texts_show_where_they_differ():
    before, after = changed_part("a" * 500 + "alt" + "b" * 500, "a" * 500 + "neu" + "b" * 500)
    assert before == "… " + "a" * 40 + "alt" + "b" * 40 + " …"
    assert "neu" in after


def test_the_list_of_changes_can_be_narrowed(admin_client, admin_user, chain):
    make_actor("Ohne Person")  # first: the context stays with the transaction, and a test is one
    with pghistory.context(username=admin_user.username):
        make_actor("Anna", layers=[1])
    url = reverse("admin:history_revision_changelist")

    def titles(**filters):
        return {change.title for change in admin_client.get(url, filters).context["page"].changes}

    assert titles(kind="actors.actor") == {"Anna", "Ohne Person"}
    assert titles(kind="actors.actor", person=admin_user.username) == {"Anna"}
    assert titles(kind="actors.actor", person="-") == {"Ohne Person"}
    assert (
        titles(kind="actors.actor", since="2999-01-01")
        == titles(kind="actors.actor", until="1999-01-01")
        == set()
    )
    for senseless in ({"kind": "x"}, {"since": "abc"}, {"page": "-5"}, {"page": "9" * 30}, {"person": "\0"}):
        assert admin_client.get(url, senseless).status_code == 200


def test_the_page_is_found_by_condition():
    one, two = make_actor("Eins"), make_actor("Zwei")
    assert [c.title for c in read([Source(Actor, Q(pgh_obj=two.pk))], limit=9)] == ["Zwei"]
    assert one.pk != two.pk
