"""`clusters/<slug>/labels/`: what is released and nothing else."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from clusterportal.clusters.models import Release
from clusterportal.labels.domain.assessing import OwnView, assess, choose_sets
from tests.clusterportal.labels.makers import make_label, make_set
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db
URL = "/api/v1/clusters/it-cluster/labels/"
TODAY = date(2026, 11, 25)


@pytest.fixture
def cluster(chain, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    cluster = make_cluster()
    make_actor("Firma", kind="company", layers=[5], clusters=[cluster])
    make_label(cluster, certificate="https://example.org/bronze")
    own = make_set("eccp", {"code": "share", "rule": "companies"}, {"code": "financing", "kind": "scored"})
    manager = make_person("manager", clusters=[cluster])
    choose_sets(cluster=cluster, sets=[own], by=manager)
    said = {"financing": OwnView(score=70, remark="intern")}
    assess(cluster=cluster, criteria_set=own, by=manager, own=said, remark="intern")
    return cluster


def get(**query) -> tuple[int, dict]:
    answer = Client().get(URL, query)
    return answer.status_code, answer.json()


def test_nothing_released_is_not_found(cluster):
    status, problem = get()
    assert (status, problem["status"]) == (404, 404)
    Release.objects.create(cluster=cluster, section="network")
    assert get()[0] == 404
    Release.objects.create(cluster=cluster, section="labels")
    cluster.state = "draft"
    cluster.save()
    assert get()[0] == 404


def test_labels_with_their_validity(cluster):
    Release.objects.create(cluster=cluster, section="labels")
    assert get(lang="en") == (
        200,
        {
            "cluster": "it-cluster",
            "as_of": "2026-11-25",
            "labels": [
                {
                    "kind": "bronze",
                    "label": "ECEI Bronze",
                    "status": "valid",
                    "terms": [{"valid_from": "2025-04-01", "valid_until": "2027-04-01"}],
                    "window": {"valid_from": "2027-04-01", "valid_until": "2028-04-01"},
                    "certificate": "https://example.org/bronze",
                    "is_example": False,
                }
            ],
            "criteria": None,
            "assessments": None,
        },
    )


def test_criteria_live_and_as_last_assessed(cluster):
    Release.objects.create(cluster=cluster, section="criteria")
    left = make_set("left", {"code": "share", "rule": "companies"})  # a list that the cluster does not go by
    assess(cluster=cluster, criteria_set=left, by=make_person("manager", clusters=[cluster]))
    _status, answer = get(lang="de")
    assert answer["labels"] is None
    assert answer["criteria"] == [
        {
            "code": "companies",
            "label": "Mindestens 50\u00a0% Unternehmen",
            "sources": ["ECCP"],
            "verdict": "fulfilled",
            "value": "100\u00a0%",
            "evidence": "1 von 1",
            "shortfall": None,
        }
    ]
    assert answer["assessments"] == [
        {
            "set": "eccp",
            "name": "Liste eccp",
            "source": None,
            "assessed_on": "2026-11-25",
            "is_example": False,
            "criteria": [
                {"code": "share", "label": "Share", "verdict": "fulfilled", "value": "100\u00a0%", "actors": 1},
                {"code": "financing", "label": "Financing", "verdict": None, "value": None, "actors": 0},
            ],
        }
    ]  # fmt: skip
    assert "intern" not in str(answer)
