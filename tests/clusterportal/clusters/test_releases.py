"""What a cluster releases of its management, and who reaches its records."""

import pytest
from django.db import IntegrityError

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.clusters.rules import can_manage
from clusterportal.pages.views.released import pages_of, released_sections
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db


def test_a_section_is_released_once():
    cluster = make_cluster()
    Release.objects.create(cluster=cluster, section=Section.LABELS)
    assert released_sections(cluster) == {"labels"}
    with pytest.raises(IntegrityError, match="release_once_a_section"):
        Release.objects.create(cluster=cluster, section=Section.LABELS)


def test_managers_reach_the_records_of_their_clusters():
    own, other = make_cluster("own"), make_cluster("other")
    manager = make_person("manager", clusters=[own])
    records = [Release.objects.create(cluster=one, section="labels") for one in (own, other)]
    assert [can_manage(manager, one) for one in records] == [True, False]
    assert list(Release.objects.curated_by(manager)) == records[:1]
    boss = make_person("", is_staff=True, is_superuser=True)
    assert all(can_manage(boss, one) for one in records)


def test_nothing_released_shows_no_pages():
    assert pages_of(make_cluster(), frozenset(), current="clusters:cluster-detail") == []
