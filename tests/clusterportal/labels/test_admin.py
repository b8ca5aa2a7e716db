"""Criteria and labels in the admin: choosing lists, assessing with proof, the register of labels."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clusterportal.labels.models import CriteriaAssessment, Label, Proof, SetChoice
from tests.clusterportal.labels.makers import make_label, make_set
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(chain, settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    cluster = make_cluster()
    make_actor("Firma", kind="company", layers=[5], clusters=[cluster])
    own = make_set(
        "eccp",
        {"code": "kinds", "rule": "kinds", "threshold": 2},
        {"code": "website", "kind": "manual"},
        {"code": "financing", "kind": "scored"},
    )
    client = Client()
    client.force_login(make_person("manager", clusters=[cluster], language="de"))
    return client, cluster, own


def test_a_manager_chooses_a_list_assesses_and_reads_the_report(place):
    client, cluster, own = place
    live = reverse("admin:labels_criteriaassessment_live", args=[cluster.pk])
    assert "Es ist keine Kriterienliste gewählt" in client.get(live).content.decode()
    client.post(live, {"sets": [own.pk]})
    assert list(SetChoice.objects.values_list("cluster", "criteria_set")) == [(cluster.pk, own.pk)]
    page = markup_of(client.get(live))
    assert "Mindestens 2 Arten von Mitgliedern" in page
    assert '<span class="ap-sub la-short">1 Art fehlt</span>' in page
    form = reverse("admin:labels_criteriaassessment_assess", args=[cluster.pk, own.pk])
    said = {
        "verdict:website": "fulfilled",
        "remark:website": "Seit 2024",
        "score:financing": "101",
        "files:kinds": SimpleUploadedFile("beleg.pdf", b"%PDF-1.7 x"),
    }
    refused = client.post(form, said)
    assert refused.status_code == 200
    assert not CriteriaAssessment.objects.exists()
    said["files:kinds"] = SimpleUploadedFile("virus.exe", b"MZ\x00")
    assert "„virus.exe“" in client.post(form, said | {"score:financing": "70"}).content.decode()
    assert (CriteriaAssessment.objects.count(), Proof.objects.count()) == (0, 0)
    said["files:kinds"] = SimpleUploadedFile("beleg.pdf", b"%PDF-1.7 x")
    answer = client.post(form, said | {"score:financing": "70"})
    made = CriteriaAssessment.objects.get()
    frozen = reverse("admin:labels_criteriaassessment_change", args=[made.pk])
    assert answer.headers["Location"] == frozen
    make_actor("Kammer", kind="chamber", layers=[5], clusters=[cluster])
    page = markup_of(client.get(frozen))
    assert "heute anders" in page
    assert "70 von 100" in page
    [proof] = made.proofs.all()
    file = client.get(reverse("admin:labels_criteriaassessment_proof", args=[proof.pk]))
    assert (file.getvalue(), file["Content-Type"]) == (b"%PDF-1.7 x", "application/pdf")
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    report = client.get(reverse("admin:labels_criteriaassessment_report", args=[made.pk]))
    assert report.content.startswith(b"%PDF")
    assert f"it-cluster-eccp-{made.assessed_on}.pdf" in report["Content-Disposition"]
    again = client.get(form).context["form"]
    assert (again["score:financing"].value(), again["verdict:website"].value()) == (70, "fulfilled")
    client.post(frozen, {"remark": "anders"})
    made.refresh_from_db()
    assert made.remark == ""


def test_labels_get_their_term_by_the_rules(place):
    client, cluster, _own = place
    add = reverse("admin:labels_label_add")

    def send(**said) -> dict:
        answer = client.post(
            add, {"cluster": cluster.pk, "kind": "bronze", "assessed_on": "15.04.2025"} | said
        )
        return {} if answer.status_code == 302 else dict(answer.context["adminform"].form.errors)

    assert send() == {}
    first = Label.objects.get()
    assert (first.valid_from, first.valid_until) == (date(2025, 4, 1), date(2027, 4, 1))
    assert list(send(kind="gold")) == ["valid_until"]
    assert list(send(kind="silver", renews=first.pk)) == ["renews"]
    assert list(send(assessed_on="01.04.2028", renews=first.pk)) == ["renews"]
    assert send(assessed_on="31.03.2028", renews=first.pk) == {}
    assert Label.objects.latest("pk").valid_until == date(2030, 4, 1)
    assert send(kind="go_cluster") == {}
    assert Label.objects.latest("pk").valid_until is None
    other = make_label(make_cluster("other"))
    assert list(send(renews=other.pk)) == ["renews"]  # of another team: no choice
    change = reverse("admin:labels_label_change", args=[first.pk])
    sent = {"cluster": cluster.pk, "kind": "bronze", "assessed_on": "15.04.2025", "valid_from": "25.07.2025",
            "valid_until": "25.07.2027"}  # fmt: skip
    assert client.post(change, sent).status_code == 302
    first.refresh_from_db()
    assert first.valid_until == date(2027, 7, 25)


def test_the_register_draws_each_cluster_in_few_queries(place, django_assert_max_num_queries):
    client, cluster, _own = place
    make_label(cluster)
    make_label(make_cluster("other"))
    make_label(cluster, "go_cluster")
    with django_assert_max_num_queries(16):
        page = client.get(reverse("admin:labels_label_changelist"))
    assert [one["cluster"] for one in page.context["timelines"]] == [cluster]
    assert page.context["timelines"][0]["needs_silver"]
