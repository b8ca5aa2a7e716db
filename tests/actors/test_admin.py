import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from actors.domain.completeness import complete_condition, completeness, missing_fields
from actors.models import (
    Actor,
    ApplicationFocus,
    ContactPerson,
    FormerSlug,
    Identifier,
)
from tests.admin_pages import ACTORS as LIST
from tests.admin_pages import form_of, queries_of, run_action, save
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client, django_user_model):
    """Signs in a member of staff who has the named permissions on all actors and nothing else."""

    def signed_in(*codenames: str):
        user = django_user_model.objects.create_user("curator", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=["reach_all_actors", *codenames]))
        client.force_login(user)
        return client

    return signed_in


# ---------- the list ----------
def test_the_list_asks_as_often_for_three_actors_as_for_one(admin_client, chain):
    area, cluster = make_area(), make_cluster()
    make_actor(layers=[1, 2], areas=[area], clusters=[cluster])
    admin_client.get(LIST)
    with_one = queries_of(admin_client, LIST)
    for _number in range(2):
        make_actor(layers=[3, 5], areas=[area], clusters=[cluster])
    assert queries_of(admin_client, LIST) == with_one <= 19


def test_a_row_says_layers_state_and_what_is_missing(admin_client, chain):
    make_actor("Wipotec GmbH", layers=[2, 3], state="in_review", website="https://example.org")
    page = markup_of(admin_client.get(LIST))
    assert re.search(r'role="img" aria-label="[^"]*2, 3[^"]*5"', page)
    assert "ap-in_review" in page
    lacking = "Kurzbeschreibung [DE], Kurzbeschreibung [EN], Koordinaten, Anwendungsfeld"
    assert re.findall(r'<span class="ap-complete" title="([^"]*)"', page) == [f"Es fehlt: {lacking}"]
    assert "43 %" in page


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("wipotec", True),
        ("WT", True),
        ("Kaiserslautern HRB 2300", True),
        ("HRB 2300", True),
        ("Leipzig", True),
        ("Qqqq", False),
    ],
)
def test_search_finds_names_places_and_identifiers(admin_client, term, found):
    actor = make_actor("Wipotec GmbH", short_name="WT")
    Identifier.objects.create(actor=actor, scheme="register", value="Kaiserslautern HRB 2300")
    results = admin_client.get(LIST, {"q": term}).context["cl"].result_list
    assert [a.name for a in results] == (["Wipotec GmbH"] if found else [])


def test_filters_find_what_they_name(admin_client, chain):
    area = make_area("public-sector")
    full = make_actor(
        "Full", layers=[1], areas=[area], summary_de="a", summary_en="a", website="https://a.example",
        latitude=49, longitude=7, verified_on="2999-01-01", kind="company",
    )  # fmt: skip
    bare = make_actor("Bare", state="draft", summary_de="nur deutsch", verified_on="2001-01-01")

    def listed(**filters):
        return [actor.name for actor in admin_client.get(LIST, filters).context["cl"].result_list]

    assert listed(entry="complete") == listed(state="published") == listed(kind="company") == [full.name]
    assert listed(layer="basic-research") == listed(area="public-sector") == [full.name]
    assert (
        listed(entry="incomplete")
        == listed(needs="translation")
        == listed(needs="verification")
        == [bare.name]
    )
    assert listed(needs="place") == listed(layer="none") == listed(area="none") == [bare.name]
    assert listed(cluster="none") == listed(cluster="no-such-cluster") == [bare.name, full.name]


@pytest.mark.parametrize(
    "query", ["o=9.x.-77&p=foo", "state=%00", "q=%00", "layer=zzz", "xyz=1", "p=99999", "_to_field=z"]
)
def test_senseless_parameters_break_nothing(admin_client, query):
    assert admin_client.get(f"{LIST}?{query}").status_code < 500


# ---------- completeness: one rule, said of one actor and of many ----------
def test_completeness_of_one_agrees_with_the_query(chain):
    area = make_area()
    whole = {
        "summary_de": "a",
        "summary_en": "a",
        "website": "https://a.example",
        "latitude": 1,
        "longitude": 1,
    }
    make_actor("Whole", layers=[1], areas=[area], **whole)
    for field in whole:
        if field != "longitude":
            lacking = whole | ({"latitude": None, "longitude": None} if field == "latitude" else {field: ""})
            make_actor(f"No {field}", layers=[1], areas=[area], **lacking)
    make_actor("No city", layers=[1], areas=[area], **whole, city="")
    make_actor("No layer", areas=[area], **whole)
    make_actor("No area", layers=[1], **whole)
    actors = Actor.objects.for_list()
    assert {actor.name for actor in actors if not missing_fields(actor)} == {"Whole"}
    assert {actor.name for actor in Actor.objects.filter(complete_condition())} == {"Whole"}
    assert all(len(missing_fields(a)) == (a.name != "Whole") for a in actors)
    assert {completeness(a) for a in actors} == {100, 86}


# ---------- bulk actions ----------
def test_publishing_many_says_what_moved_and_why_the_rest_stayed(sign_in):
    client = sign_in("view_actor", "change_actor", "publish_actor")
    draft, rejected, public = make_actor(state="draft"), make_actor(state="rejected"), make_actor()
    response = run_action(client, "publish", [draft, rejected, public], anyway="1")
    states = dict(Actor.objects.values_list("pk", "state"))
    assert states == {draft.pk: "published", rejected.pk: "rejected", public.pk: "published"}
    assert len(list(response.context["messages"])) == 4  # the last one leads to the way back


def test_who_may_not_publish_is_neither_offered_it_nor_heard(sign_in):
    client = sign_in("view_actor", "change_actor")
    actor = make_actor(state="draft")
    offered = dict(client.get(LIST).context["action_form"].fields["action"].choices)
    assert "send_to_review" in offered
    assert not {"publish", "archive"} & set(offered)
    run_action(client, "publish", [actor])
    assert Actor.objects.get().state == "draft"
    run_action(client, "send_to_review", [actor])
    assert Actor.objects.get().state == "in_review"


def test_a_reader_changes_nothing(sign_in):
    client = sign_in("view_actor", "view_layerplacement")
    actor = make_actor(state="draft")
    assert client.get(reverse("admin:actors_actor_change", args=[actor.pk])).status_code == 200
    run_action(client, "send_to_review", [actor])
    run_action(client, "mark_verified", [actor])
    assert (
        client.post(reverse("admin:actors_actor_change", args=[actor.pk]), {"name": "X"}).status_code == 403
    )
    actor.refresh_from_db()
    assert (actor.state, actor.verified_on) == ("draft", None)


# ---------- the page of one actor ----------
def test_saving_untouched_changes_nothing_but_the_field_that_changed(admin_client, chain):
    actor = make_actor("Alt", layers=[1, 3], areas=[make_area()], latitude=49.4, longitude=7.7, founded=1999)
    assert save(admin_client, actor, name="Neu").status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.latitude, actor.founded, actor.positions) == ("Neu", 49.4, 1999, [1, 3])


def test_line_ends_of_browsers_are_no_change(admin_client):
    actor = make_actor("A", description_de="Eins\n\nZwei")
    save(admin_client, actor, description_de="Eins\r\n\r\nZwei")
    actor.refresh_from_db()
    assert actor.description_de == "Eins\n\nZwei"


def test_an_address_left_empty_is_made_from_the_name(admin_client):
    former = make_actor("Alt", slug="mueller-soehne")
    Actor.objects.filter(pk=former.pk).update(slug="neu")
    assert FormerSlug.objects.filter(slug="mueller-soehne").exists()
    actor = make_actor("X", slug="x")
    save(admin_client, actor, name="Müller Söhne", slug="")
    assert Actor.objects.get(pk=actor.pk).slug == "mueller-soehne-2"


def test_only_the_moves_one_may_make_are_offered_and_heard(sign_in):
    client = sign_in("view_actor", "change_actor")
    actor = make_actor(state="draft")
    form = client.get(reverse("admin:actors_actor_change", args=[actor.pk])).context["adminform"].form
    assert [state for state, _label in form.fields["state"].choices] == ["draft", "in_review"]
    refused = save(client, actor, state="published")
    assert "state" in refused.context["adminform"].form.errors
    assert Actor.objects.get().state == "draft"
    save(client, actor, state="in_review")
    assert Actor.objects.get().state == "in_review"


def test_of_two_people_who_save_the_second_is_told_what_the_first_did(admin_client, transactional_db):
    actor = make_actor("Eins", summary_de="alt")
    opened = form_of(admin_client, actor)
    actor.summary_de = "neu"
    actor.save()
    url = reverse("admin:actors_actor_change", args=[actor.pk])
    # Without what the form was opened with, nothing can be brought together: all is refused, as before.
    refused = admin_client.post(url, opened | {"name": "Zwei", "opened": ""})
    assert refused.context["adminform"].form.non_field_errors()
    (change,) = refused.context["adminform"].form.conflict["changes"]
    assert [(d.name, d.before, d.after) for d in change.differences] == [("summary_de", "alt", "neu")]
    assert "<ins>neu</ins>" in markup_of(refused)
    assert refused.context["adminform"].form["version"].value() == opened["version"]
    actor.refresh_from_db()
    assert (actor.name, actor.summary_de) == ("Eins", "neu")
    assert (
        admin_client.post(url, opened | {"version": "", "opened": ""}).status_code == 200
    )  # a form without version is refused
    assert admin_client.post(url, opened | {"name": "Zwei"}).status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.summary_de) == ("Zwei", "neu")


def test_a_change_of_a_part_counts_as_a_change_of_the_actor(admin_client, chain, transactional_db):
    actor = make_actor("Eins", areas=[make_area()])
    opened = form_of(admin_client, actor)
    ApplicationFocus.objects.get(actor=actor).delete()
    refused = admin_client.post(
        reverse("admin:actors_actor_change", args=[actor.pk]), opened | {"opened": ""}
    )
    assert refused.status_code == 200
    assert refused.context["adminform"].form.non_field_errors()


def test_contacts_are_for_those_who_may_see_them(sign_in):
    client = sign_in("view_actor", "change_actor", "view_contactperson", "change_contactperson")
    actor = make_actor()
    ContactPerson.objects.create(actor=actor, name="Erika Muster")
    page = client.get(reverse("admin:actors_actor_change", args=[actor.pk]))
    assert b"Erika Muster" not in page.content
    history = client.get(reverse("admin:actors_actor_history", args=[actor.pk]))
    assert history.status_code == 200
    assert b"Erika Muster" not in history.content
    assert b"Erika Muster" not in client.get(reverse("admin:history_revision_changelist")).content
