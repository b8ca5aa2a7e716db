"""Webhooks in the admin: made with a secret that is shown once, watched, tested, paused, told once more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.domain.webhooks import endpoints, signing
from clusterportal.partners.domain.webhooks.delivering import deliver
from clusterportal.partners.models import FeedState, WebhookAttempt, WebhookEndpoint, WebhookOrder
from tests.admin_pages import form_in, queries_of
from tests.clusterportal.partners.receiver import Reply, receiving
from tests.factories import make_actor, make_cluster, make_partner, make_person

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/webhookendpoint/"


@pytest.fixture
def admin(client):
    sequence()
    person = make_person("administrator")
    client.force_login(person)
    client.person = person
    return client


def made(admin, **fields) -> WebhookEndpoint:
    fields = {"url": "https://kammer.example/hook"} | fields
    return endpoints.create(partner=make_partner("Kammer"), by=admin.person, **fields)[0]


def do(admin, endpoint: WebhookEndpoint, what: str):
    answer = admin.post(f"{LIST}{endpoint.pk}/do/", {"what": what}, follow=True)
    endpoint.refresh_from_db()
    return answer


def test_the_secret_is_shown_once_and_kept_encrypted(admin):
    partner, cluster = make_partner("Kammer"), make_cluster()
    sent = {
        "partner": partner.pk,
        "url": "https://kammer.example/hook",
        "signing": "v1",
        "objects_told": ["actor", "cluster"],
        "clusters": [str(cluster.uid)],
    }
    answer = admin.post(f"{LIST}add/", sent)
    endpoint, secret = WebhookEndpoint.objects.get(), answer.context["key"]
    assert (secret[:6], "no-store" in answer["Cache-Control"]) == ("whsec_", True)
    assert (endpoint.objects_told, endpoint.ops_told, endpoint.clusters) == (
        ["actor", "cluster"],
        [],
        [cluster.uid],
    )
    assert (endpoint.position, secret in endpoint.secret) == (FeedState.objects.get().position, False)
    page = admin.get(endpoint.get_absolute_url())
    assert secret not in page.content.decode()
    admin.post(endpoint.get_absolute_url(), form_in(page) | {"url": "https://kammer.example/new"})
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.clusters) == ("https://kammer.example/new", [cluster.uid])
    assert signing.is_readable(endpoint)


@pytest.mark.parametrize(
    "url", ["http://kammer.example/", "https://kim:x@kammer.example/", "https://kammer.example:22/"]
)
def test_an_address_that_cannot_be_is_refused_at_its_field(admin, url):
    answer = admin.post(f"{LIST}add/", {"partner": make_partner().pk, "url": url, "signing": "v1"})
    assert [*answer.context["adminform"].form.errors] == ["url"]
    assert not WebhookEndpoint.objects.exists()


def test_buttons_do_what_they_say(admin, settings):
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as receiver:
        receiver.reply = lambda: Reply(500, keeps=False, body="Große Störung".encode())
        endpoint = made(admin, url=receiver.url, signing="v1a")
        do(admin, endpoint, "pause")
        assert (endpoint.is_active, endpoint.pause_reason) == (False, "by_hand")
        for _twice in range(2):
            do(admin, endpoint, "test")
        assert WebhookOrder.objects.count() == 1
        deliver(endpoint.pk)
    page = admin.get(endpoint.get_absolute_url())
    assert "Große Störung" in page.content.decode()
    assert signing.public_key(endpoint) in page.content.decode()
    assert endpoint.failures == 0
    do(admin, endpoint, "resume")
    assert endpoint.is_active
    key = do(admin, endpoint, "rotate").context["key"]
    assert (key, bool(endpoint.former_secret)) == (signing.public_key(endpoint), True)
    assert do(admin, endpoint, "explode").status_code == 404
    assert admin.get(f"{LIST}{endpoint.pk}/do/").status_code == 405


def test_events_once_more_by_time_and_one_by_one(admin):
    endpoint = made(admin)
    make_actor("Anna")
    sequence()
    now = timezone.localtime()
    span = {
        "since": f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M}",
        "until": f"{now + timedelta(minutes=5):%Y-%m-%dT%H:%M}",
    }
    admin.post(f"{LIST}{endpoint.pk}/again/", span)
    [order] = WebhookOrder.objects.all()
    last = FeedState.objects.get().position
    assert (order.kind, order.last_position, order.by) == ("again", last, admin.person)
    for wrong, said in (
        (
            span | {"since": "2001-01-01T00:00", "until": "2001-01-02T00:00"},
            "In dieser Zeit ist nichts geschehen.",
        ),
        ({"since": "?"}, "Bitte ein gültiges Datum und Uhrzeit eingeben."),
    ):
        page = admin.post(f"{LIST}{endpoint.pk}/again/", wrong, follow=True)
        assert said in [str(one) for one in page.context["messages"]]
    attempt = WebhookAttempt.objects.create(
        endpoint=endpoint, event="evt_of another life", type="x", position=last, duration=1, is_accepted=False
    )
    page = admin.post(f"{LIST}attempt/{attempt.pk}/again/", follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "Dieses Ereignis steht nicht mehr in der Änderungsliste."
    ]
    assert WebhookOrder.objects.count() == 1


def test_the_list_and_the_first_page_say_who_waits(admin, settings):
    endpoint = made(admin)
    for number in range(2):
        made_at = f"https://kammer.example/{number}"
        endpoints.create(partner=make_partner(), url=made_at, by=admin.person)
    make_actor("Anna")
    sequence()
    three = queries_of(admin, LIST)
    page = admin.get(LIST).content.decode()
    assert page.count("1, seit ") == 3
    FeedState.objects.update(epoch="restored")
    for one in WebhookEndpoint.objects.all():
        deliver(one.pk)
    tasks = {task["label"]: task["count"] for task in admin.get("/admin/").context["tasks"]}
    assert tasks["Angehaltene Webhooks"] == 3
    chosen = [one.pk for one in WebhookEndpoint.objects.exclude(pk=endpoint.pk)]
    admin.post(LIST, {"action": "resume_chosen", "_selected_action": chosen})
    assert {*WebhookOrder.objects.values_list("kind", "endpoint")} == {("reset", pk) for pk in chosen}
    WebhookEndpoint.objects.exclude(pk=endpoint.pk).delete()
    assert queries_of(admin, LIST) == three


def test_what_cannot_be_resumed_says_why(admin, settings):
    endpoint = made(admin)
    do(admin, endpoint, "pause")
    settings.SECRET_KEY = "another one"
    admin.force_login(admin.person)
    answer = do(admin, endpoint, "resume")
    assert next(str(one) for one in answer.context["messages"]).startswith("Das Geheimnis lässt sich")
    assert not endpoint.is_active
    do(admin, endpoint, "rotate")
    do(admin, endpoint, "resume")
    assert endpoint.is_active
