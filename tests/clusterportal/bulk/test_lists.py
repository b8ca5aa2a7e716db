"""The list of actors as each person works with it: saved filters, further filters, columns, changes in a row."""

import pytest

from actors.models import Actor, ActorTopic, LayerPlacement, Topic
from clusterportal.bulk.admin.columns import KNOWN
from clusterportal.bulk.models import ListColumns, SavedFilter
from clusterportal.history.acts import act
from tests.admin_pages import ACTORS as LIST
from tests.admin_pages import queries_of
from tests.factories import make_actor, make_area, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
FILTERS, COLUMNS, QUICK = f"{LIST}filters/", f"{LIST}columns/", f"{LIST}quick/"


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def listed(client, **filters) -> list[str]:
    return [actor.name for actor in client.get(LIST, filters).context["cl"].result_list]


# ---------- saved filters ----------
def test_a_filter_is_saved_used_renamed_and_deleted(signed_in, cluster, manager, chain):
    make_actor("Eins", layers=[1], clusters=[cluster])
    make_actor("Zwei", clusters=[cluster])
    saved = signed_in.post(
        FILTERS, {"name": "Forschung", "query": "layer=basic-research&o=1&p=3&chosen=yes&q="}, follow=True
    )
    assert saved.redirect_chain == [(f"{LIST}?layer=basic-research&o=1", 302)]
    assert texts(saved) == ["Der Filter „Forschung“ steht jetzt über der Liste."]
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query, kept.owner, kept.cluster) == (
        "Forschung", "layer=basic-research&o=1", manager, None
    )  # fmt: skip
    page = markup_of(signed_in.get(LIST))
    assert '<a href="?layer=basic-research&amp;o=1">Forschung</a>' in page
    assert listed(signed_in, layer="basic-research", o="1") == ["Eins"]
    now = markup_of(signed_in.get(f"{LIST}?{kept.query}"))
    assert 'aria-current="page">Forschung</a>' in now and f"{FILTERS}{kept.pk}/" in now
    signed_in.post(f"{FILTERS}{kept.pk}/", {"name": "Grundlagen", "cluster": cluster.pk})
    kept.refresh_from_db()
    assert (kept.name, kept.cluster) == ("Grundlagen", cluster)
    gone = signed_in.post(f"{FILTERS}{kept.pk}/", {"delete": "1"}, follow=True)
    assert texts(gone)[-1:] == ["Der Filter „Grundlagen“ ist gelöscht."]
    assert not SavedFilter.objects.exists()


def test_the_team_uses_what_is_shared_and_the_owner_changes_it(client, signed_in, cluster, manager, editor):
    other = make_cluster("other")
    signed_in.post(FILTERS, {"name": "Entwürfe", "query": "state=draft", "cluster": cluster.pk})
    signed_in.post(FILTERS, {"name": "Privat", "query": "state=draft"})
    refused = signed_in.post(
        FILTERS, {"name": "Fremd", "query": "state=draft", "cluster": other.pk}, follow=True
    )
    assert "Fremd" not in SavedFilter.objects.values_list("name", flat=True) and texts(refused)
    shared = SavedFilter.objects.get(name="Entwürfe")
    for person, seen in ((editor, ["Entwürfe"]), (make_person("editor", clusters=[other]), [])):
        client.force_login(person)
        shown = client.get(LIST, {"state": "draft"}).context["saved_filters"]
        assert [(one["saved"].name, one["may_change"]) for one in shown] == [(name, False) for name in seen]
        assert client.post(f"{FILTERS}{shared.pk}/", {"delete": "1"}).status_code == 404
    assert SavedFilter.objects.count() == 2


def test_a_name_is_given_once_and_senseless_ones_are_refused(signed_in, manager):
    for name in ("A", "A", "", "x" * 90):
        answer = signed_in.post(FILTERS, {"name": name, "query": "state=draft"}, follow=True)
    assert SavedFilter.objects.count() == 1
    assert answer.status_code == 200
    signed_in.post(FILTERS, {"name": "Leer", "query": "p=2"})
    signed_in.post(FILTERS, {"name": "Null", "query": "q=%00"})
    assert SavedFilter.objects.count() == 1
    again = signed_in.post(FILTERS, {"name": "A", "query": "state=draft"}, follow=True)
    assert texts(again)[-1] == "Sie haben schon einen Filter mit diesem Namen."


def test_a_filter_by_something_that_is_gone_says_so(signed_in, cluster):
    make_actor("Eins", clusters=[cluster])
    page = signed_in.get(LIST, {"area": "gone", "changed_since": "2020-02-31"})
    assert page.context["cl"].unknown_values == [
        ("Anwendungsfeld", "gone"), ("Geändert seit", "2020-02-31")
    ]  # fmt: skip
    assert "„gone“ gibt es im Filter „Anwendungsfeld“ nicht mehr" in markup_of(page)
    assert signed_in.get(LIST, {"area": "none"}).context["cl"].unknown_values == []


# ---------- filters ----------
def test_further_filters_find_what_they_name(signed_in, cluster, manager, chain):
    area = make_area("energy")
    here = make_actor("Hier", layers=[1], areas=[area], clusters=[cluster], city="Kaiserslautern")
    make_actor("Dort", layers=[1], clusters=[cluster], city="Leipzig")
    make_actor("Ohne", clusters=[cluster], city="")
    assert listed(signed_in, city="kaisers") == ["Hier"]
    assert listed(signed_in, city="x") == []
    assert listed(signed_in, layer="basic-research", not_area="energy") == ["Dort"]
    assert sorted(listed(signed_in, not_area="energy")) == ["Dort", "Ohne"]
    assert listed(signed_in, changed_by="me") == []
    with act("edit", by=manager):
        LayerPlacement.objects.filter(actor=here).delete()
    assert listed(signed_in, changed_by="me") == ["Hier"]
    assert listed(signed_in, changed_by="me", changed_since="2999-01-01") == []
    assert len(listed(signed_in, changed_since="2000-01-01")) == 3
    assert listed(signed_in, changed_since="2999-01-01") == []
    offered = markup_of(signed_in.get(LIST))
    assert '<option value="Kaiserslautern"></option><option value="Leipzig"></option>' in offered


@pytest.mark.parametrize("day", ["x", "0000-00-00", "9999-12-31", "0001-01-01", "2020-02-31"])
def test_senseless_days_narrow_nothing(signed_in, cluster, day):
    make_actor("Eins", clusters=[cluster])
    assert listed(signed_in, changed_since=day) == ["Eins"]


# ---------- columns ----------
def test_columns_are_chosen_ordered_and_remembered(client, signed_in, cluster, manager, editor):
    actor = make_actor("Eins", clusters=[cluster], city="Leipzig", email="a@example.org")
    ActorTopic.objects.create(actor=actor, topic=Topic.objects.create(slug="ki", name_de="KI"))
    asked = {"city": "on", "topics_worked_on": "on", "kind": "on"}
    form = signed_in.get(COLUMNS).context["form"]
    places = {f"place_{name}": form[f"place_{name}"].value() for name in form.names}
    places |= {"place_city": 1, "place_topics_worked_on": 2, "place_kind": 3}
    done = signed_in.post(f"{COLUMNS}?list=state%3Dpublished", places | asked, follow=True)
    assert done.redirect_chain == [(f"{LIST}?state=published", 302)]
    cl = done.context["cl"]
    assert cl.list_display == ["action_checkbox", "named", "city", "topics_worked_on", "kind"]
    assert "KI" in markup_of(done)
    client.force_login(editor)
    assert "city" not in client.get(LIST).context["cl"].list_display
    client.force_login(manager)
    ListColumns.objects.update(columns=["gone"])
    assert "verified" in client.get(LIST).context["cl"].list_display
    client.post(COLUMNS, {"reset": "1"})
    assert not ListColumns.objects.exists()
    refused = client.post(COLUMNS, places).context["form"]
    assert refused.non_field_errors() == ["Bitte wählen Sie mindestens eine Spalte."]


def test_every_column_at_once_asks_no_more_for_many(signed_in, cluster, manager, chain):
    ListColumns.objects.create(user=manager, columns=list(KNOWN))
    topic = Topic.objects.create(slug="ki", name_de="KI")

    def add() -> None:
        actor = make_actor(layers=[1], areas=[], clusters=[cluster])
        ActorTopic.objects.create(actor=actor, topic=topic)

    add()
    signed_in.get(LIST)
    with_one = queries_of(signed_in, LIST)
    for _number in range(3):
        add()
    assert queries_of(signed_in, LIST) == with_one


# ---------- a row ----------
def row(actor, **asked) -> dict:
    return {
        "row": actor.pk,
        "list": "o=1",
        f"was-{actor.pk}": f"{actor.kind} {actor.state}",
        f"kind-{actor.pk}": asked.get("kind", actor.kind),
        f"state-{actor.pk}": asked.get("state", actor.state),
    } | asked.get("more", {})


def test_kind_and_state_are_changed_in_the_row(signed_in, cluster):
    actor = make_actor("Eins", state="draft", clusters=[cluster])
    page = markup_of(signed_in.get(LIST))
    assert f'name="state-{actor.pk}"' in page and 'id="quick-form"' in page
    done = signed_in.post(QUICK, row(actor, kind="startup", state="in_review"), follow=True)
    assert done.redirect_chain == [(f"{LIST}?o=1", 302)]
    assert texts(done)[0] == "„Eins“ ist geändert." and "/undo/" in texts(done)[1]
    actor.refresh_from_db()
    assert (actor.kind, actor.state) == ("startup", "in_review")
    signed_in.post(texts(done)[1].split('"')[1])
    actor.refresh_from_db()
    assert (actor.kind, actor.state) == ("research_institute", "draft")


def test_publishing_in_the_row_asks_when_something_is_missing(signed_in, cluster):
    actor = make_actor("Eins", state="draft", clusters=[cluster])
    asked = signed_in.post(QUICK, row(actor, state="published"))
    assert "Ebene" in markup_of(asked)
    assert Actor.objects.get().state == "draft"
    signed_in.post(QUICK, dict(asked.context["sent"]) | {"anyway": "1"})
    assert Actor.objects.get().state == "published"


def test_a_row_that_was_changed_meanwhile_is_said(signed_in, cluster):
    actor = make_actor("Eins", state="draft", clusters=[cluster])
    sent = row(actor, kind="startup")
    Actor.objects.update(kind="company")
    done = signed_in.post(QUICK, sent, follow=True)
    assert texts(done) == ["„Eins“ wurde inzwischen geändert. Bitte sehen Sie noch einmal nach."]
    assert Actor.objects.get().kind == "company"


def test_a_row_obeys_rights_moves_and_review(client, signed_in, editor, cluster):
    draft, public = (make_actor(state=state, clusters=[cluster]) for state in ("draft", "published"))
    foreign = make_actor(state="draft")
    assert signed_in.post(QUICK, row(foreign, kind="startup")).status_code == 404
    assert signed_in.post(QUICK, row(draft, state="rejected")).status_code == 403
    assert signed_in.post(QUICK, row(draft, kind="nonsense")).status_code == 403
    for number in ("x", "9" * 30, "", "-1"):
        assert signed_in.post(QUICK, {"row": number}).status_code == 404
    assert signed_in.get(QUICK).status_code == 302
    client.force_login(editor)
    page = markup_of(client.get(LIST))
    assert f"state-{draft.pk}" in page and f"state-{public.pk}" not in page
    assert client.post(QUICK, row(public, kind="startup")).status_code == 403
    assert client.post(QUICK, row(draft, state="published", more={"anyway": "1"})).status_code == 403
    client.force_login(make_person("viewer"))
    assert f"state-{draft.pk}" not in markup_of(client.get(LIST))
    assert client.post(QUICK, row(draft, kind="startup")).status_code == 403
    assert set(Actor.objects.values_list("kind", flat=True)) == {"research_institute"}


def test_the_first_page_leads_to_the_list_by_a_search(signed_in, cluster):
    page = markup_of(signed_in.get("/admin/?overview=1"))
    assert '<form class="bk-search" role="search" method="get" action="/admin/actors/actor/">' in page


def test_deleting_says_that_it_can_be_taken_back(signed_in, cluster, settings, monkeypatch):
    actors = [make_actor(clusters=[cluster]) for _number in range(3)]
    keys = {"action": "delete_selected", "_selected_action": [actor.pk for actor in actors]}
    said = "zurückholen"
    assert said in markup_of(signed_in.get(f"{LIST}{actors[0].pk}/delete/"))
    assert said in markup_of(signed_in.post(LIST, keys))
    monkeypatch.setattr("clusterportal.bulk.admin.actions.DELETED_AT_ONCE", 2)
    refused = signed_in.post(LIST, keys, follow=True)
    assert texts(refused)[0].startswith("Höchstens 2 Akteure")
    monkeypatch.undo()
    done = signed_in.post(LIST, keys | {"post": "yes"}, follow=True)
    assert not Actor.objects.exists() and done.context["cl"].selection is None
    signed_in.post(texts(done)[-1].split('"')[1])
    assert Actor.objects.count() == 3
