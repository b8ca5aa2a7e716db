"""The selection in the list: it survives an act, means what was chosen, and every act offers its way back."""

import re

import pytest
from django.utils import timezone

from actors.models import Actor, LayerPlacement
from clusterportal.bulk.domain import selections
from clusterportal.bulk.models import Selection
from tests.admin_pages import ACTORS as LIST
from tests.admin_pages import queries_of, run_action
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def ticked(page) -> set[int]:
    return {
        int(pk)
        for pk in re.findall(
            r'<input[^>]*name="_selected_action" value="(\d+)"[^>]* checked(?=[\s>])', markup_of(page)
        )
    }


def selection_page(number: int) -> str:
    return f"{LIST}selection/{number}/"


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def open_form(client, actors) -> str:
    answer = client.post(
        f"{LIST}?o=1", {"action": "change_selection", "_selected_action": [a.pk for a in actors]}
    )
    assert answer.status_code == 302
    return answer.headers["Location"]


# ---------- changing it ----------
def test_from_the_list_to_the_act_and_back(signed_in, cluster, manager, chain):
    actors = [make_actor(clusters=[cluster]) for _number in range(3)]
    other = make_actor(clusters=[cluster], layers=[3])
    address = open_form(signed_in, [*actors, other])
    assert address == f"{selection_page(Selection.objects.get().pk)}?list=o%3D1"
    wish = {"add_layers": [chain[2].pk], "basis": "both", "join_kind": "member"}
    looked = signed_in.post(address, wish)
    text = markup_of(looked)
    assert "bei 3 von 4 Akteuren" in text and "1 unverändert: schon vorhanden" in text
    assert LayerPlacement.objects.count() == 1
    done = signed_in.post(address, wish | {"write": "1"}, follow=True)
    assert done.redirect_chain == [(f"{LIST}?o=1", 302)]
    assert LayerPlacement.objects.filter(basis="both").count() == 3
    said, back = texts(done)
    assert said == "Ebene „3 Technologie- und Softwareentwicklung“ hinzugefügt: 3"
    assert ticked(done) == {one.pk for one in (*actors, other)}
    undone = signed_in.post(back.split('"')[1], {"next": f"{LIST}?o=1"}, follow=True)
    assert undone.redirect_chain == [(f"{LIST}?o=1", 302)]
    assert LayerPlacement.objects.count() == 1
    assert ticked(undone) == {one.pk for one in (*actors, other)}


def test_the_form_refuses_what_contradicts_itself(signed_in, cluster, chain):
    address = open_form(signed_in, [make_actor(clusters=[cluster])])
    layer = chain[0].pk
    wrong = {
        "add_layers": [layer], "drop_layers": [layer], "main": layer, "source": "A", "clear_source": "on"
    }  # fmt: skip
    form = signed_in.post(address, wrong | {"write": "1"}).context["form"]
    assert set(form.errors) == {"drop_layers", "main", "clear_source"}
    empty = signed_in.post(address, {"basis": "topic", "join_kind": "member", "rebase": "on", "write": "1"})
    assert empty.context["form"].non_field_errors() == ["Bitte geben Sie an, was sich ändern soll."]
    assert not LayerPlacement.objects.exists()
    again = signed_in.post(address, {"kind": "startup", "again": "1"})
    assert again.context["form"]["kind"].value() == "startup"


def test_clusters_of_others_are_not_offered_to_be_left(signed_in, cluster, chain):
    other = make_cluster("other")
    address = open_form(signed_in, [make_actor(clusters=[cluster, other])])
    assert "leave" in signed_in.post(address, {"leave": other.pk}).context["form"].errors


def test_selections_of_others_are_not_there(client, cluster, editor, manager):
    number = selections.choose([make_actor(clusters=[cluster]).pk], by=manager).pk
    client.force_login(editor)
    assert client.get(selection_page(number)).status_code == 404
    client.force_login(make_person("viewer"))
    assert client.get(selection_page(number)).status_code == 403


# ---------- it survives ----------
def test_the_same_rows_are_selected_after_an_act_until_they_are_cleared(signed_in, cluster):
    chosen, other = make_actor(clusters=[cluster]), make_actor(clusters=[cluster])
    page = run_action(signed_in, "archive", [chosen])
    assert ticked(page) == {chosen.pk}
    assert "<strong>1 Akteur</strong> ist ausgewählt" in markup_of(page)
    assert ticked(signed_in.get(LIST)) == {chosen.pk}
    assert [actor.pk for actor in signed_in.get(LIST, {"chosen": "yes"}).context["cl"].result_list] == [
        chosen.pk
    ]
    cleared = signed_in.post(f"{LIST}selection/clear/", {"list": "o=1"}, follow=True)
    assert cleared.redirect_chain == [(f"{LIST}?o=1", 302)]
    assert ticked(cleared) == set()
    assert other.pk not in ticked(cleared)


def test_all_pages_are_meant_and_stay_selected(signed_in, cluster):
    for number in range(55):
        make_actor(f"Nummer {number:02}", state="draft", clusters=[cluster])
    first = signed_in.get(LIST).context["cl"].result_list
    page = signed_in.post(
        LIST,
        {"action": "send_to_review", "select_across": "1", "_selected_action": [first[0].pk]},
        follow=True,
    )
    assert set(Actor.objects.values_list("state", flat=True)) == {"in_review"}
    assert page.context["cl"].chosen_elsewhere == 5
    assert len(ticked(page)) == 50
    also = 'name="kept" value="{}" form="changelist-form"{}>'.format
    number = Selection.objects.get().pk
    assert also(number, " checked") in markup_of(page)
    # A page that shows none of them does not mean them unasked.
    assert also(number, "") in markup_of(signed_in.get(LIST, {"q": "zzzz"}))
    # One row is taken out here, the five of the other page are meant as well.
    shown = [actor.pk for actor in page.context["cl"].result_list]
    kept = {"kept": Selection.objects.get().pk, "shown": " ".join(map(str, shown))}
    signed_in.post(LIST, {"action": "withdraw_to_draft", "_selected_action": shown[1:], **kept})
    assert Actor.objects.filter(state="draft").count() == 54
    # And where that is not ticked, only what stands here.
    signed_in.post(LIST, {"action": "send_to_review", "_selected_action": shown[1:3], "shown": kept["shown"]})
    assert Actor.objects.filter(state="draft").count() == 52


def test_an_answer_on_the_way_means_what_was_chosen_when_it_began(signed_in, cluster):
    first = make_actor(state="draft", clusters=[cluster])
    second = make_actor(state="draft", clusters=[cluster])
    asked = run_action(signed_in, "publish", [first])
    sent = dict(asked.context["sent"])
    run_action(signed_in, "send_to_review", [second])  # in another tab
    signed_in.post(LIST, sent | {"anyway": "1"})
    assert dict(Actor.objects.values_list("pk", "state")) == {first.pk: "published", second.pk: "in_review"}
    Selection.objects.all().delete()
    gone = signed_in.post(LIST, sent | {"anyway": "1"}, follow=True)
    assert texts(gone)[-1] == "Diese Auswahl gibt es nicht mehr. Bitte wählen Sie noch einmal aus."


def test_a_selection_of_yesterday_and_old_ones_are_forgotten(manager, cluster):
    for key in range(8):
        newest = selections.choose([key], by=manager)
    assert Selection.objects.count() == selections.KEPT
    assert selections.selection_of(manager) == newest
    Selection.objects.update(made_at=timezone.now() - selections.SELECTION_LASTS)
    assert selections.selection_of(manager) is None


def test_nobody_acts_on_what_is_out_of_reach(signed_in, cluster, manager):
    """Neither by a key that is sent nor by one that was selected when it was within reach."""
    foreign = make_actor(state="draft")
    run_action(signed_in, "send_to_review", [foreign])
    number = selections.choose([foreign.pk], by=manager).pk
    signed_in.post(LIST, {"action": "send_to_review", "_selected_action": ["0"], "selection": number})
    address = selection_page(number)
    assert "bei 0 von 1" in markup_of(signed_in.post(address, {"kind": "startup"}))
    signed_in.post(address, {"kind": "startup", "write": "1"})
    foreign.refresh_from_db()
    assert (foreign.state, foreign.kind) == ("draft", "research_institute")


@pytest.mark.parametrize("number", ["x", "9" * 30, "-1", ""])
def test_senseless_numbers_are_no_selection(signed_in, cluster, number):
    actor = make_actor(state="draft", clusters=[cluster])
    sent = {
        "action": "send_to_review",
        "_selected_action": [actor.pk],
        "kept": number,
        "shown": f"a {number}",
    }
    assert signed_in.post(LIST, sent).status_code == 302
    assert signed_in.post(LIST, sent | {"selection": number, "_selected_action": ["y"]}).status_code < 500


def test_editors_act_on_what_they_write_at_once(client, editor, cluster):
    client.force_login(editor)
    draft, public = make_actor(state="draft", clusters=[cluster]), make_actor(clusters=[cluster])
    done = run_action(client, "mark_verified", [draft, public])
    assert [actor.pk for actor in Actor.objects.filter(verified_on__isnull=False)] == [draft.pk]
    assert texts(done)[:2] == [
        "1 Akteur gilt als heute geprüft.",
        "1 öffentlicher Akteur bleibt, wie er ist: Öffnen Sie ihn, und Ihre Änderung geht in die Prüfung.",
    ]


def test_the_list_asks_as_often_with_a_selection_of_many(signed_in, cluster, manager):
    actors = [make_actor(clusters=[cluster]) for _number in range(4)]
    selections.choose([actors[0].pk], by=manager)
    signed_in.get(LIST)
    with_one = queries_of(signed_in, LIST)
    selections.choose([*(actor.pk for actor in actors), *range(10**6, 10**6 + 9000)], by=manager)
    assert queries_of(signed_in, LIST) == with_one
