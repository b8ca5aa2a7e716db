"""The lists and pages of curators: found, merged, redirected, taken back."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, ContactPerson, Membership
from clusterportal.intake.identity.reasons import WEIGHTS, ReasonCode, for_display
from clusterportal.quality.admin.attention import attention
from clusterportal.quality.missing_fields import missing_fields_panel
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder
from tests.factories import make_actor, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PAIRS = "/admin/quality/duplicatepair/"
LISTS = [PAIRS, "/admin/quality/merge/", "/admin/quality/linkcheck/", "/admin/quality/reminder/"]


def merge_url(pair) -> str:
    return reverse("admin:quality_duplicatepair_merge", args=[pair.first_id, pair.second_id])


def form_of(client, url: str) -> dict:
    """What a browser would send when the page is sent untouched: hidden fields and checked radio buttons."""
    page = markup_of(client.get(url))
    hidden = re.findall(r'<input type="hidden" name="(seen_\d+|proposed_for)" value="([^"]+)"', page)
    checked = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)" checked', page)
    return dict(hidden) | dict(checked)


@pytest.mark.django_db(transaction=True)
def test_found_merged_redirected_and_taken_back(admin_client, client):
    first = make_actor("Institut für Technik GmbH", postcode="04109", verified_on="2026-01-01")
    second = make_actor("Institut fuer Technik", postcode="04109", slug="ift")
    uid = second.uid
    looked = admin_client.post(reverse("admin:quality_duplicatepair_look", args=[first.pk]))
    assert looked.url == f"{PAIRS}?actor={first.pk}"
    listed = admin_client.get(looked.url)
    assert [(one.first, one.second, one.score) for one in listed.context["cl"].result_list] == [
        (first, second, 70)
    ]
    url = merge_url(DuplicatePair.objects.get())
    done = admin_client.post(url, form_of(admin_client, url))
    assert done.url == reverse("admin:actors_actor_change", args=[first.pk])

    page, api = "/de/akteure/{}/".format, "/api/v1/actors/{}/".format
    target = page("institut-fuer-technik-gmbh")
    moved = [client.get(page(key)) for key in ("ift", uid, first.uid)]
    assert [(answer.status_code, answer.url) for answer in moved] == [(301, target)] * 3
    for key in ("ift", uid):
        answer = client.get(api(key))
        assert (answer.status_code, answer["Location"]) == (
            301,
            f"http://testserver{api('institut-fuer-technik-gmbh')}",
        )

    merge = Merge.objects.get()
    undo = reverse("admin:quality_merge_undo", args=[merge.pk])
    assert admin_client.get(undo).status_code == 200
    assert admin_client.post(undo).url == "/admin/quality/merge/"
    assert [client.get(page(key)).status_code for key in ("ift", first.slug)] == [200, 200]
    assert client.get(api(uid)).json()["slug"] == "ift"
    assert DuplicatePair.objects.get().state == "open"
    assert admin_client.post(undo, follow=True).status_code == 200
    assert Actor.objects.count() == 2


# ---------- the page of a merge ----------
def test_the_page_shows_what_differs_and_what_will_be(admin_client, pair):
    context = admin_client.get(merge_url(pair)).context
    assert context["keeps"] == "left"
    assert [(row.code, row.left, row.right, row.taken) for row in context["rows"]] == [
        ("name", "Institut Technik", "Institut Technik e. V.", "left"),
        ("summary_de", "Links", "Rechts, länger", "left"),
        ("website", "https://a.example", "", "left"),
    ]
    assert [group.items for group in context["groups"]] == [
        [("One (Mitglied)", "both")],
        [("Wikidata Q42", "right")],
    ]


def test_choices_are_those_of_the_reader(admin_client, pair):
    data = form_of(admin_client, merge_url(pair)) | {
        "keep": "right",
        "proposed_for": "right",
        "take_name": "left",
        "take_summary_de": "left",
    }
    admin_client.post(merge_url(pair), data)
    actor = Actor.objects.get()
    assert (actor.pk, actor.name, actor.summary_de, actor.website) == (
        pair.second_id, "Institut Technik", "Links", "https://a.example",
    )  # fmt: skip


def test_what_was_changed_meanwhile_is_shown_and_nothing_merged(admin_client, pair):
    data = form_of(admin_client, merge_url(pair))
    Actor.objects.filter(pk=pair.second_id).update(summary_de="Neu", updated_at=timezone.now())
    Actor.objects.filter(pk=pair.second_id).update(updated_at=timezone.now())
    data[f"seen_{pair.second_id}"] = "2026-01-01T00:00:00+00:00"
    refused = admin_client.post(merge_url(pair), data | {"take_name": "left"})
    assert refused.status_code == 409
    assert refused.context["rows"][0].taken == "left"
    assert any(d.after == "Neu" for c in refused.context["conflict"]["changes"] for d in c.differences)
    assert Actor.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "nonsense", "2026-13-45T00:00"])
def test_a_form_without_a_version_merges_nothing(admin_client, pair, seen):
    data = form_of(admin_client, merge_url(pair)) | {f"seen_{pair.first_id}": seen}
    assert admin_client.post(merge_url(pair), data).url == merge_url(pair)
    assert Actor.objects.count() == 2


def test_two_that_are_two_are_never_asked_again(admin_client, pair):
    assert admin_client.post(merge_url(pair), {"dismiss": "1", "note": "zwei"}).url == PAIRS
    pair.refresh_from_db()
    assert (pair.state, pair.note) == ("dismissed", "zwei")
    assert list(admin_client.get(PAIRS).context["cl"].result_list) == []
    assert list(admin_client.get(PAIRS, {"state": "dismissed"}).context["cl"].result_list) == [pair]


def test_an_actor_that_is_gone_is_a_page_that_says_so(admin_client, pair):
    Actor.objects.filter(pk=pair.second_id).delete()
    assert admin_client.get(merge_url(pair)).status_code == 404
    assert admin_client.post(merge_url(pair)).status_code == 404


def test_people_without_consent_stay_hidden_on_the_page(client, pair):
    ContactPerson.objects.create(actor=pair.first, name="Vertretung")
    person = make_person("manager", clusters=[Membership.objects.first().cluster])
    client.force_login(person)
    assert "Vertretung" in client.get(merge_url(pair)).content.decode()


# ---------- who may what ----------
@pytest.mark.parametrize(
    ("role", "in_team", "lists", "merges", "looks"),
    [
        ("manager", True, [(200, 1), (200, 0), (200, 0), (200, 0)], 200, 302),
        ("manager", False, [(200, 0)] * 4, 404, 404),
        ("editor", True, [(200, 1), (403, None), (200, 0), (200, 0)], 403, 302),
        ("viewer", False, [(403, None)] * 4, 403, 403),
        ("representative", False, [(302, None)] * 4, 302, 302),
    ],
)
def test_rights(client, pair, role, in_team, lists, merges, looks):
    cluster = Membership.objects.first().cluster
    client.force_login(make_person(role, clusters=[cluster] if in_team else []))
    found = [client.get(url) for url in LISTS]
    counts = [answer.context["cl"].result_count if answer.status_code == 200 else None for answer in found]
    assert list(zip([answer.status_code for answer in found], counts, strict=True)) == lists
    assert client.get(merge_url(pair)).status_code == merges
    assert client.post(reverse("admin:quality_duplicatepair_look", args=[pair.first_id])).status_code == looks
    assert Actor.objects.count() == 2


def test_looking_is_no_get(admin_client, pair):
    assert (
        admin_client.get(reverse("admin:quality_duplicatepair_look", args=[pair.first_id])).status_code == 405
    )


# ---------- lists ----------
def test_the_list_asks_as_often_for_three_pairs_as_for_one(admin_client, pair):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert admin_client.get(PAIRS).status_code == 200
        return len(asked)

    queries()
    with_one = queries()
    for number in range(2):
        other = make_actor(f"Weiterer {number}")
        DuplicatePair.objects.create(first=pair.first, second=other, score=60, reasons=[])
    assert queries() == with_one <= 12


def test_filters(admin_client, pair):
    other = make_actor("Weiterer")
    second = DuplicatePair.objects.create(
        first=pair.second,
        second=other,
        score=80,
        reasons=[{"code": "same_website", "weight": 40, "host": "a"}],
    )

    def listed(**filters) -> list:
        return list(admin_client.get(PAIRS, filters).context["cl"].result_list)

    assert listed() == listed(state="open") == listed(state="all") == [second, pair]
    assert listed(reason="same_name") == listed(actor=pair.first_id) == [pair]
    assert listed(actor=other.pk) == [second]
    assert listed(actor="x") == listed(actor="9" * 30) == listed(reason="odd") == [second, pair]


def test_an_empty_list_says_what_that_means(admin_client):
    pages = [markup_of(admin_client.get(url)) for url in LISTS]
    assert all('class="ap ap-empty"' in page for page in pages)


def test_bulk_decisions(admin_client, pair):
    for action, state in (("dismiss", "dismissed"), ("reopen", "open")):
        admin_client.post(f"{PAIRS}?state=all", {"action": action, "_selected_action": [pair.pk]})
        pair.refresh_from_db()
        assert pair.state == state


def test_new_addresses_are_taken_from_the_list(admin_client, pair):
    check = LinkCheck.objects.create(
        actor=pair.first,
        url="https://a.example",
        status="moved",
        final_url="https://b.example",
        checked_at=timezone.now(),
    )
    admin_client.post(LISTS[2], {"action": "take_new_address", "_selected_action": [check.pk]})
    assert Actor.objects.get(pk=pair.first_id).website == "https://b.example"
    assert list(admin_client.get(LISTS[2], {"status": "broken"}).context["cl"].result_list) == []


def test_the_address_of_a_letter_is_for_those_who_may_see_people(client, pair):
    Reminder.objects.create(actor=pair.first, sent_at=timezone.now(), to="secret@example.org")
    cluster = Membership.objects.first().cluster
    client.force_login(make_person("editor", clusters=[cluster]))
    assert "secret@example.org" in client.get(LISTS[3]).content.decode()
    client.force_login(make_person("viewer"))
    assert client.get(LISTS[3]).status_code == 403


# ---------- what the dashboard says ----------
def test_what_needs_attention(admin_user, pair):
    LinkCheck.objects.create(
        actor=pair.first, url="https://a.example", status="broken", checked_at=timezone.now()
    )
    found = [(task["count"], task["url"]) for task in attention(admin_user)]
    assert found == [
        (1, PAIRS),
        (1, "/admin/quality/linkcheck/?status=broken"),
        (2, "/admin/actors/actor/?state=published&needs=verification"),
        (0, "/admin/quality/reminder/?answer=silent"),
    ]
    assert [task["count"] for task in attention(make_person("manager"))] == [0, 0, 0, 0]
    assert attention(make_person("viewer")) == []


def test_what_an_actor_lacks_and_where_to_fill_it_in(chain):
    actor = make_actor("A", layers=[1], summary_de="x", website="https://a.example")
    panel = missing_fields_panel(actor)
    assert panel["percent"] == 57
    assert [field["href"] for field in panel["missing"]] == ["#id_summary_en", "#id_latitude", "#positions"]
    assert panel["look_url"] == f"{PAIRS}look/{actor.pk}/"
    shown = render_to_string("admin/quality/_missing_fields.html", panel)
    assert re.findall(r'<a href="(#\w+)" x-on:click="activeTab = \'(\w+)\'"', shown) == [
        ("#id_summary_en", "general"),
        ("#id_latitude", "general"),
        ("#positions", "positions"),
    ]


def test_every_reason_has_a_sentence():
    values = {
        "value": "Q1", "host": "a.example", "percent": 94, "name": "DFKI", "postcode": "67663", "city": "Leipzig",
        "metres": 300, "scheme": "ror", "left": "a", "right": "b", "phone": "6312050", "street": "Weg 1",
    }  # fmt: skip
    stored = [{"code": code, "weight": WEIGHTS.get(code, 40), **values} for code in ReasonCode.values]
    texts = [reason["text"] for reason in for_display(stored)]
    assert len(texts) == len(set(texts)) == len(ReasonCode)
    assert not any("%(" in text or text in ReasonCode.values for text in texts)
    assert for_display([{"code": "gone", "weight": 1}])[0]["text"] == "gone"
