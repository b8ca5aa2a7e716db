"""From a visitor's form to the published entry, with every mail on the way."""

import datetime

import pytest
from django.conf import settings
from django.urls import reverse

from actors.models import Actor
from clusterportal.review.models import Proposal
from tests.clusterportal.review.forms import NEW, YOU
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db


def test_a_new_entry_from_the_form_to_the_directory(client, fill, outbox, path_in, cluster):
    assert fill("pages:propose", **NEW, **{"fields-cluster": cluster.pk}).url == reverse(
        "pages:proposal-sent"
    )
    [message] = outbox()
    assert message.to == ["kontakt@muster.example.org"]
    proposal = Proposal.objects.get()
    assert proposal.state == "unconfirmed"
    assert proposal.record == {
        "name": "Muster Software GmbH", "kind": "company", "website": "https://muster.example.org",
        "summary_de": "Wir bauen Prüfstände.", "postcode": "67655", "city": "Kaiserslautern", "country": "DE",
        "areas": [{"area": "health-medtech"}],
        "clusters": [{"cluster": "it-cluster", "kind": "member"}],
        "identifiers": [{"scheme": "register", "value": "Kaiserslautern HRB 4711"}],
        "layers": [{"layer": "applied-research", "basis": "service", "note_de": "Prüft für andere."}],
        "services": [
            {"title_de": "Prüfstandbau", "title_en": "", "description_de": "", "description_en": "", "position": 0}
        ],
        "contacts": [
            {"name": "Ansprechperson", "role_de": "", "role_en": "", "email": "", "phone": "",
             "consent_on": datetime.date.today().isoformat(), "position": 0}
        ],
    }  # fmt: skip
    assert (proposal.wanted_topics, proposal.message) == (["Neuland"], "Bitte aufnehmen.")
    assert proposal.consent == "Diese Person willigt ein, mit diesen Angaben veröffentlicht zu werden."

    link = path_in(message)
    assert client.get(link).status_code == 200
    assert Proposal.objects.get().state == "unconfirmed"  # a mail program opened it
    assert client.post(link).status_code == 302
    assert Proposal.objects.get().state == "waiting"
    [received] = outbox()
    status = path_in(received)
    assert client.get(link, follow=True).status_code == 200

    client.force_login(make_person("manager", clusters=[cluster]))
    address = reverse("admin:review_proposal_change", args=[proposal.pk])
    page = client.get(address)
    keys = [change.key for change in page.context["changes"]]
    assert len(keys) == 13
    answer = client.post(address, {
        "act": "accept", "take": [key for key in keys if key != "contacts.0"], "state": "published",
        "version": page.context["version"], "value-summary_de": "Wir bauen Prüfstände für alle.",
    })  # fmt: skip
    assert answer.status_code == 302
    actor = Actor.objects.get()
    assert (actor.state, actor.summary_de, actor.verified_on) == (
        "published", "Wir bauen Prüfstände für alle.", datetime.date.today(),
    )  # fmt: skip
    assert [placement.layer.slug for placement in actor.placements.all()] == ["applied-research"]
    assert [service.title_de for service in actor.services.all()] == ["Prüfstandbau"]
    assert not actor.contacts.exists()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.actor) == ("partly_accepted", actor)
    [decided] = outbox()
    assert f"{settings.SITE_URL}/de/akteure/muster-software-gmbh/" in decided.body
    client.logout()
    assert client.get(status).context["proposal"].state == "partly_accepted"


def test_a_change_is_accepted_in_part(client, fill, outbox, path_in, cluster):
    actor = make_actor("Muster", city="Leipzig", clusters=[cluster], layers=[1], summary_de="Alt und gut.")
    fill("pages:propose-change", actor.slug, **YOU, **{"facts-city": "Halle", "facts-founded": "1999",
         "layer-basic-research-stands": "", "layer-applied-research-stands": "on"})  # fmt: skip
    client.post(path_in(outbox()[0]))
    proposal = Proposal.objects.get()
    assert set(proposal.record) == {"city", "founded", "layers"}

    client.force_login(make_person("manager", clusters=[cluster]))
    address = reverse("admin:review_proposal_change", args=[proposal.pk])
    page = client.get(address)
    shown = [(change.key, change.before, change.after) for change in page.context["changes"]]
    assert sorted(shown) == [
        ("city", "Leipzig", "Halle"),
        ("founded", "", "1999"),
        ("layers.0", "Grundlagenforschung – Thema – Hauptebene", ""),
        ("layers.1", "", "Angewandte Forschung und Transfer – Thema"),
    ]
    client.post(address, {"act": "accept", "take": ["city", "layers.1"], "version": page.context["version"]})
    actor.refresh_from_db()
    assert (actor.city, actor.founded, actor.state) == ("Halle", None, "published")
    assert [placement.layer.slug for placement in actor.placements.all()] == [
        "basic-research",
        "applied-research",
    ]
    proposal.refresh_from_db()
    assert proposal.state == "partly_accepted"
