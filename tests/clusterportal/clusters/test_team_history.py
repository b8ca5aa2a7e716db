"""What went from one cluster to another is taken back or restored only by who reaches both."""

import pytest
from django.core.exceptions import PermissionDenied

from clusterportal.finance.models import Budget
from clusterportal.history.acts import act
from clusterportal.history.changes import Source, read
from clusterportal.history.restore import restore
from clusterportal.history.undo import take_back
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db


def test_the_former_team_takes_nothing_back_from_the_present_one():
    here, there = make_cluster("here"), make_cluster("there")
    former, both = make_person("manager", clusters=[here]), make_person("manager", clusters=[here, there])
    budget = Budget.objects.create(cluster=here, year=2026)
    with act("form", by=former) as act_id:
        Budget.objects.update(cluster=there)
    first = read([Source(Budget)], limit=9)[-1]
    with pytest.raises(PermissionDenied):
        restore(first, by=former)
    take_back(act_id, by=former)
    budget.refresh_from_db()
    assert budget.cluster == there
    restore(first, by=both)
    budget.refresh_from_db()
    assert budget.cluster == here
