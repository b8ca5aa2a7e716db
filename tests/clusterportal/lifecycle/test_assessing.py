"""A stage stands once: in the assessments, which the cluster's own column follows."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.resources import ClusterResource
from clusterportal.imports.domain.cells import widget_for
from clusterportal.lifecycle import tasks
from clusterportal.lifecycle.domain.agenda import agenda_of
from clusterportal.lifecycle.domain.assessing import assess, stage_today
from clusterportal.lifecycle.domain.measuring import keep_measurement
from clusterportal.lifecycle.models import Assessment, Measurement
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def say(cluster, stage: str, *, days_ago: int | None = 0, **fields) -> Assessment:
    day = None if days_ago is None else timezone.localdate() - timedelta(days=days_ago)
    made = Assessment(cluster=cluster, stage=stage, assessed_on=day, reason_de="Weil.", **fields)
    return assess(assessment=made, by=None)


def stage_of(cluster) -> str:
    return Cluster.objects.get(pk=cluster.pk).life_cycle


def test_the_latest_assessment_decides(chain):
    cluster, other = make_cluster(), make_cluster("other", life_cycle="decline")
    undated = say(cluster, "emergence", days_ago=None)
    assert stage_of(cluster) == "emergence"
    growth, old = say(cluster, "growth"), say(cluster, "decline", days_ago=400)
    assert stage_of(cluster) == "growth"
    say(cluster, "transformation", days_ago=-1, is_example=True)
    assert (stage_of(cluster), stage_today(cluster)) == ("growth", growth)
    growth.stage = "sustainment"
    growth.save()
    assert stage_of(cluster) == "sustainment"
    growth.delete()
    assert stage_of(cluster) == "decline"
    Assessment.objects.filter(pk=old.pk).update(cluster=make_cluster("third"))
    assert (stage_of(cluster), stage_of(old.cluster)) == ("emergence", "emergence")
    assert Cluster.objects.get(slug="third").life_cycle == "decline"
    undated.delete()
    assert (stage_of(cluster), stage_of(other)) == ("", "decline")
    cluster.delete()  # with its example


def test_an_assessment_keeps_what_was_measured_and_says_why(chain):
    cluster = make_cluster()
    person = make_person("manager", clusters=[cluster])
    made = assess(assessment=Assessment(cluster=cluster, stage="growth", reason_de="Mehr."), by=person)
    assert (made.by, made.measurement.actor_count) == (person, 0)
    make_actor(layers=[1], clusters=[cluster])
    assert keep_measurement(cluster=cluster) == made.measurement  # frozen: the assessment rests on it
    assert Measurement.objects.get().actor_count == 0
    assert say(cluster, "decline", days_ago=3).measurement is None  # nothing was kept on that day
    made.reason_de = ""
    with pytest.raises(IntegrityError, match="assessment_says_why"):
        made.save()


BREAKS = {
    "assessment_once_a_day": {"assessed_on": timezone.localdate()},
    "assessment_once_without_day": {"assessed_on": None},
    "assessment_stage_known": {"assessed_on": None, "stage": "puberty"},
    "measurement_once_a_day": {},
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(chain, name):
    cluster = make_cluster()
    say(cluster, "growth"), say(cluster, "growth", days_ago=None)
    twice = Assessment(**{"cluster": cluster, "stage": "growth", "reason_de": "X"} | BREAKS[name])
    if name.startswith("measurement"):
        twice = Measurement.objects.get()
        twice.pk = None
    with pytest.raises(IntegrityError, match=name):
        type(twice).objects.bulk_create([twice])


def test_measuring_again_replaces_the_day_until_somebody_assesses(chain):
    cluster, draft = make_cluster(), make_cluster("draft", state="draft")
    tasks.measure(0)
    make_actor(layers=[1], clusters=[cluster, draft])
    tasks.measure(0)
    assert list(Measurement.objects.values_list("cluster__slug", "actor_count")) == [("it-cluster", 1)]


def test_stages_given_by_hand_become_assessments_without_a_day(chain):
    cluster, _none = make_cluster(life_cycle="growth"), make_cluster("none")
    import_module("clusterportal.lifecycle.migrations.0002_stages_become_assessments").assess(apps, None)
    made = Assessment.objects.get()
    assert (made.cluster, made.stage, made.assessed_on, stage_of(cluster)) == (
        cluster,
        "growth",
        None,
        "growth",
    )


@pytest.mark.parametrize(("said", "is_refused"), [("growth", False), ("", False), ("decline", True)])
def test_a_table_may_repeat_the_stage(chain, said, is_refused):
    cluster = make_cluster()
    say(cluster, "growth")
    resource = ClusterResource(widget_for=widget_for)
    resource.read_records(resource.get_queryset())
    instance = resource.get_instance(None, {"slug": cluster.slug})
    row = {"slug": cluster.slug, "life_cycle": said}
    if is_refused:
        with pytest.raises(ValueError, match=r"assessments|Einschätzungen"):
            resource.import_field(resource.fields["life_cycle"], instance, row)
    else:
        resource.import_field(resource.fields["life_cycle"], instance, row)
    assert instance.life_cycle == "growth"


def test_the_cockpit_asks_for_an_assessment_once_a_year(chain, django_assert_num_queries):
    cluster, today = make_cluster(), timezone.localdate()
    with django_assert_num_queries(1):
        (line,) = agenda_of(cluster, today=today)
    assert line.url == f"/admin/lifecycle/assessment/add/?cluster={cluster.pk}"
    say(cluster, "growth", days_ago=None)
    assert len(agenda_of(cluster, today=today)) == 1
    say(cluster, "growth", days_ago=364)
    assert agenda_of(cluster, today=today) == []
    assert len(agenda_of(cluster, today=today + timedelta(days=1))) == 1
