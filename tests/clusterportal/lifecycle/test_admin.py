"""Assessing and measuring in the admin: the figures beside the form, and who may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import ActorRelation
from clusterportal.history.restore import can_restore
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.models import Assessment, Measurement
from tests.admin_pages import form_in
from tests.factories import make_actor, make_area, make_cluster, make_person

ADD = reverse("admin:lifecycle_assessment_add")
MEASURE = reverse("admin:lifecycle_measurement_add")


@pytest.fixture
def clusters(chain):
    own, other = make_cluster("own"), make_cluster("other")
    area = make_area()
    members = [make_actor(layers=[layer], areas=[area], clusters=[own]) for layer in (1, 2, 3)]
    ActorRelation.objects.create(source=members[0], target=members[1], kind="research")
    return own, other


def test_a_manager_assesses_with_the_figures_in_view(client, clusters):
    own, other = clusters
    manager = make_person("manager", clusters=[own])
    client.force_login(manager)
    Measurement.objects.create(
        cluster=own,
        measured_on=timezone.localdate() - timedelta(days=400),
        actor_count=2,
        figures={"heterogeneity": {"value": 0.6}, "interaction": {"value": 0.9}},
        counts={},
        formula_version=1,
    )
    page = client.get(f"{ADD}?cluster={own.pk}")
    figures = page.context["figures"]
    assert (figures["actors"], len(figures["plane"].dots)) == (3, 2)
    assert figures["rows"][1][:3] == (Figure.INTERACTION.label, "0,67", "0,90")
    assert figures["outgrown"].actors == 50
    assert 'aria-label="Weg' in page.content.decode()
    assert page.context["adminform"].form.fields["stage"].choices[0][0] == "", "no stage is chosen yet"
    sent = form_in(page) | {"stage": "growth"}
    refused = client.post(ADD, sent)
    assert refused.context["errors"], "a reason is missing"
    assert refused.context["figures"]["cluster"] == own
    assert client.post(ADD, sent | {"reason_de": "Mehr Austausch."}).status_code == 302
    made = Assessment.objects.get()
    assert (made.by, made.stage, made.measurement.actor_count) == (manager, "growth", 3)
    own.refresh_from_db()
    assert own.life_cycle == "growth"
    # another cluster shows nothing, and takes nothing
    for asked in (other.pk, "²", "\x00"):
        assert client.get(ADD, {"cluster": asked}).context["figures"] is None
    assert client.post(ADD, sent | {"reason_de": "X", "cluster": other.pk}).context["errors"]
    assert Assessment.objects.count() == 1
    change = reverse("admin:lifecycle_assessment_change", args=[made.pk])
    assert client.get(change).context["figures"]["cluster"] == own
    client.force_login(make_person("manager", clusters=[other]))
    assert client.get(change).status_code == 302  # as if there were none
    assert can_restore(manager, Assessment)


def test_measuring_now(client, clusters, django_assert_max_num_queries):
    own, other = clusters
    client.force_login(make_person("manager", clusters=[own]))
    assert client.post(MEASURE, {"cluster": own.pk}).status_code == 302
    made = Measurement.objects.get()
    assert (made.cluster, made.measured_on, made.actor_count) == (own, timezone.localdate(), 3)
    assert client.post(MEASURE, {"cluster": own.pk}).status_code == 302  # the same day again
    assert client.post(MEASURE, {"cluster": other.pk}).context["errors"]
    assert Measurement.objects.count() == 1
    page = client.get(reverse("admin:lifecycle_measurement_change", args=[made.pk])).content.decode()
    assert "0,67" in page
    assert 'name="_save"' not in page
    table = client.get(reverse("admin:lifecycle_measurement_export")).getvalue().decode().splitlines()
    assert table[0].startswith("cluster,measured_on,actor_count,formula_version,heterogeneity,interaction")
    assert table[1].startswith(f"own,{timezone.localdate().isoformat()},3,1,")
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:lifecycle_measurement_changelist"))
