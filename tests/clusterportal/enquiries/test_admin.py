"""Who sees which enquiries in the admin, and what can be done with them there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterportal.enquiries.admin import attention
from clusterportal.enquiries.models import Enquiry, EnquiryMail
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
LIST = "/admin/enquiries/enquiry/"
STAFF = ("administrator", "manager", "editor", "viewer")


def enquiry(is_confirmed=True, **fields) -> Enquiry:
    now = timezone.now() if is_confirmed else None
    said = {"name": "Ada", "email": "ada@frage.example", "text": "Wir suchen etwas."}
    return Enquiry.objects.create(**said | {"confirmed_at": now} | fields)


def carried(one: Enquiry, state: str, kind: str = "receiver") -> EnquiryMail:
    moment = timezone.now() if state == "sent" else None
    return EnquiryMail.objects.create(
        enquiry=one, kind=kind, to=f"{kind}-{state}@a.example", state=state, sent_at=moment
    )


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_each_role_sees_the_enquiries_of_the_own_clusters_only(cluster, actor):
    there = make_cluster("there")
    foreign = make_actor("Fremd", clusters=[there])
    own = [enquiry(actor=actor), enquiry(cluster=cluster)]
    others = [enquiry(actor=foreign), enquiry(cluster=there), enquiry()]
    people = {role: make_person(role, clusters=[cluster]) for role in STAFF}
    seen = {role: set(Enquiry.objects.visible_to(person)) for role, person in people.items()}
    assert seen == {"administrator": {*own, *others}, "manager": {*own}, "editor": set(), "viewer": set()}
    pages = [reverse("admin:enquiries_enquiry_change", args=[one.pk]) for one in (own[0], others[0])]
    answers = {
        role: [signed_in(person).get(page).status_code for page in (LIST, *pages)]
        for role, person in people.items()
    }
    assert answers == {
        "administrator": [200, 200, 200], "manager": [200, 200, 302], "editor": [403] * 3, "viewer": [403] * 3,
    }  # fmt: skip


def test_a_list_takes_the_same_queries_whatever_its_length(actor, django_assert_max_num_queries):
    client = signed_in(make_person("administrator"))
    for number in (1, 3):
        for _number in range(number):
            carried(enquiry(actor=actor), "sent")
        client.get(LIST)
        with django_assert_max_num_queries(14):
            client.get(LIST)


def test_every_state_is_shown_and_filtered_by(actor):
    for state in ("waiting", "sent", "unclear", "refused"):
        carried(enquiry(actor=actor), state)
    enquiry(actor=actor)
    enquiry(actor=actor, is_confirmed=False)
    enquiry(actor=actor, name="", email="", text="", forgotten_at=timezone.now())
    client = signed_in(make_person("administrator"))
    words = {
        "on_the_way": "Unterwegs", "sent": "Weitergeleitet", "unclear": "Unklar, ob gesendet",
        "refused": "Nicht zugestellt", "unaddressed": "Niemand hat eine Adresse: bitte weitergeben",
        "unconfirmed": "E-Mail-Adresse nicht bestätigt", "expired": "Abgelaufen: die Daten des Besuchers sind gelöscht",
    }  # fmt: skip
    for state, said in words.items():
        [one] = client.get(LIST, {"state": state}).context["cl"].result_list
        assert (one.state, one.get_state_display()) == (state, said)


def test_what_is_not_confirmed_is_nobodys_to_read(actor):
    client = signed_in(make_person("administrator"))
    texts = [
        markup_of(client.get(reverse("admin:enquiries_enquiry_change", args=[one.pk])))
        for one in (enquiry(actor=actor), enquiry(actor=actor, is_confirmed=False))
    ]
    assert ["ada@frage.example" in text for text in texts] == [True, False]


def test_what_did_not_arrive_is_told_and_sent_again_by_a_person(actor, cluster, mails):
    manager = make_person("manager", clusters=[cluster])
    assert attention(manager) == []
    unclear = enquiry(actor=actor)
    carried(unclear, "unclear"), carried(unclear, "sent", kind="copy")
    enquiry(actor=actor, is_confirmed=False)
    [task] = attention(manager)
    [shown] = signed_in(manager).get(task["url"]).context["cl"].result_list
    assert (task["count"], shown) == (1, unclear)
    assert mails() == []  # not by itself
    client = signed_in(manager)
    client.post(LIST, {"action": "send_again", "_selected_action": [unclear.pk]})
    assert [mail["To"] for mail in mails()] == ["receiver-unclear@a.example"]
    assert attention(manager) == []


def test_nobody_adds_or_changes_one_by_hand(actor):
    client, one = signed_in(make_person("administrator")), enquiry(actor=actor)
    for name, args in (("add", []), ("delete", [one.pk])):
        assert client.get(reverse(f"admin:enquiries_enquiry_{name}", args=args)).status_code == 403
    change = reverse("admin:enquiries_enquiry_change", args=[one.pk])
    assert client.post(change, {"text": "anders"}).status_code == 403
