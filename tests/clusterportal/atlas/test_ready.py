"""Atlases kept ready, and those that people ask for: who gets which file, when it is made, when it goes."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import ActorRelation, ContactPerson
from clusterportal.atlas import tasks
from clusterportal.atlas.domain import kept_atlases, own_atlases
from clusterportal.atlas.domain.atlas_document import Report
from clusterportal.atlas.domain.health import examine_atlases
from clusterportal.atlas.domain.selecting import BadSelection
from clusterportal.atlas.domain.typesetting import CannotSet, Document
from clusterportal.atlas.enums import AtlasState
from clusterportal.atlas.filters import chosen
from clusterportal.atlas.models import Atlas
from tests.clusterportal.atlas.makers import make_region
from tests.factories import make_actor, make_cluster, make_person

ask = partial(own_atlases.ask, choose=chosen)
produce = partial(own_atlases.produce, choose=chosen)


@pytest.fixture
def region(db, settings, tmp_path):
    settings.MEDIA_ROOT = settings.PORTAL_DATA_DIR = tmp_path
    return make_region()


@pytest.fixture
def quick(monkeypatch):
    """Nothing is set; what an atlas is made of is gathered all the same."""
    made = []

    def make(gathered, *, name="atlas", on_setting=lambda: None):
        on_setting()
        made.append(gathered)
        return Document(b"%PDF-", 7), Report(without_logo=["X"])

    monkeypatch.setattr(own_atlases, "make", make)
    return made


def due(*, is_night=False):
    return [
        (atlas.cluster and atlas.cluster.slug, atlas.language)
        for atlas in kept_atlases.due(is_night=is_night)
    ]


def make_all():
    for atlas in kept_atlases.due(is_night=False):
        produce(atlas)


def test_region_and_clusters_are_kept_ready_in_every_language(region, quick):
    wanted = [(None, "de"), (None, "en"), ("it-cluster", "de"), ("it-cluster", "en")]
    assert due() == wanted
    make_all()
    assert [(one.cluster and one.cluster.slug, one.language) for one in kept_atlases.offered()] == wanted
    assert due() == []
    Atlas.objects.update(made_at=timezone.now() + timedelta(hours=1))
    assert due(is_night=True) == []
    Atlas.objects.update(made_at=timezone.now() - timedelta(days=1))
    assert due() == []
    german = Atlas.objects.get(cluster=None, language="de")
    assert (german.pages, german.size, german.done, german.total, german.state) == (7, 5, 5, 5, "done")
    assert german.remarks == ["Das Logo von X fehlt oder ist beschädigt."]
    assert quick[0].content["language"] == "de"
    assert quick[2].content["title"].endswith(": It-Cluster")


def withdraw(company):
    company.state = "archived"
    company.save()


def end_consent(company):
    ContactPerson.objects.filter(actor=company).update(consent_on=None)


def delete_person(company):
    ContactPerson.objects.filter(actor=company).delete()


@pytest.mark.parametrize("change", [withdraw, end_consent, delete_person])
def test_what_is_public_no_longer_is_not_given_out_from_that_moment(region, quick, change):
    """And the file goes with the next hour, in which a new one is due."""
    make_all()
    change(region[2])
    assert kept_atlases.offered() == []
    files = kept_atlases.storage().listdir("")[1]
    assert len(files) == 4
    kept_atlases.forget_unwanted()
    assert kept_atlases.storage().listdir("")[1] == []
    assert len(due()) == 4


def test_who_is_named_by_a_relation_alone_is_not_given_out_either(region, quick):
    outsider = make_actor("Außen AG")
    ActorRelation.objects.create(source=outsider, target=region[2], kind="parent")
    make_all()
    assert "Außen AG" in str(quick[2].content)  # in the atlas of the cluster
    withdraw(outsider)
    assert kept_atlases.offered() == []


def test_offered_atlases_cost_as_many_queries_as_one(region, quick, django_assert_num_queries):
    make_all()
    with django_assert_num_queries(3):
        assert len(kept_atlases.offered()) == 4
    Atlas.objects.exclude(cluster=None).delete()
    with django_assert_num_queries(3):
        assert len(kept_atlases.offered()) == 2


def test_clusters_that_nobody_sees_and_erasing_take_files_away(region, quick):
    make_all()
    region[0].is_active = False
    region[0].save()
    assert len(kept_atlases.offered()) == 2
    kept_atlases.forget_unwanted()
    assert Atlas.objects.standing().count() == 2
    kept_atlases.forget_all()
    assert kept_atlases.offered() == []
    assert kept_atlases.storage().listdir("")[1] == []


def test_who_may_export_may_ask_one_after_the_other(region, quick):
    manager, viewer = make_person("manager", clusters=[region[0]]), make_person("viewer")
    for nobody in (AnonymousUser(), make_person(role="")):
        with pytest.raises(PermissionDenied):
            ask(query="", language="de", by=nobody)
    with pytest.raises(BadSelection, match="Kein Akteur"):
        ask(query="q=zzzzqqqq", language="de", by=manager)
    first = ask(query="cluster=it-cluster", language="en", by=manager)
    assert (first.state, first.total, first.scope) == ("waiting", 5, "Cluster: It-Cluster")
    with pytest.raises(own_atlases.NotNow, match="noch gesetzt"):
        ask(query="", language="de", by=manager)
    ask(query="", language="de", by=viewer)
    produce(first)
    assert quick[-1].content["language"] == "en"
    ask(query="", language="de", by=manager)
    # One whose job died blocks nobody for ever.
    Atlas.objects.filter(state="waiting").update(heard_at=timezone.now() - timedelta(hours=1))
    ask(query="", language="de", by=manager)
    assert Atlas.objects.filter(state=AtlasState.FAILED).get().message == "Der Auftrag ist abgebrochen."
    Atlas.objects.filter(asked_by=manager).update(state="failed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_atlases, "MOST_A_DAY", 3)
        with pytest.raises(own_atlases.NotNow, match="3 Atlanten am Tag"):
            ask(query="", language="de", by=manager)


def test_what_fails_says_why_and_is_looked_after(region, monkeypatch):
    def refuse(*_args, **_options):
        raise CannotSet("too deep")

    monkeypatch.setattr(own_atlases, "make", refuse)
    make_all()
    failed = Atlas.objects.get(cluster=None, language="de")
    assert (failed.state, failed.message, failed.is_busy) == ("failed", "too deep", False)
    assert [line.is_well for line in examine_atlases(chosen)] == [True]  # they were asked for just now
    Atlas.objects.update(asked_at=timezone.now() - timedelta(days=1))
    sentences = [line.sentence for line in examine_atlases(chosen) if not line.is_well]
    assert len(sentences) == 4
    assert sentences[0].endswith("too deep")
    make_cluster("leer")
    make_all()
    Atlas.objects.update(asked_at=timezone.now() - timedelta(days=1))
    assert Atlas.objects.filter(cluster__slug="leer", state="failed").count() == 2
    assert (
        len([line for line in examine_atlases(chosen) if not line.is_well]) == 4
    )  # of nobody there is none to miss


def test_the_hourly_job_makes_ready_ones_and_forgets_old_ones(region, quick, no_jobs):
    manager = make_person("manager", clusters=[region[0]])
    leaver = make_person("viewer")
    old, left = (ask(query="", language="de", by=one) for one in (manager, leaver))
    produce(old), produce(left)
    leaver.delete()  # whose row goes, and nobody else knows of the file
    Atlas.objects.update(asked_at=timezone.now() - timedelta(days=8))
    tasks.keep_ready(timestamp=0)
    assert kept_atlases.storage().listdir("")[1] == []
    tasks.keep_ready(timestamp=0)  # what waits already is not asked for twice
    assert not Atlas.objects.asked_for().exists()
    assert ProcrastinateJob.objects.filter(task_name="atlas.make").count() == 4
    for atlas in Atlas.objects.standing():
        tasks.make(atlas_id=atlas.pk)
    tasks.make(atlas_id=0)
    assert len(kept_atlases.offered()) == 4
    make_actor("Neu", clusters=[region[0]])
    assert len(kept_atlases.offered()) == 4  # until the night


def test_whose_job_died_is_told_within_the_hour_that_it_broke_off(region, no_jobs):
    manager, other = (make_person("manager", clusters=[region[0]]) for _ in range(2))
    dead = ask(query="", language="de", by=manager)
    alive = ask(query="", language="en", by=other)
    Atlas.objects.filter(pk=dead.pk).update(state="setting", heard_at=timezone.now() - timedelta(minutes=11))
    tasks.keep_ready(timestamp=0)
    dead.refresh_from_db(), alive.refresh_from_db()
    assert (dead.state, dead.message, dead.is_busy) == ("failed", "Der Auftrag ist abgebrochen.", False)
    assert (alive.state, alive.message) == ("waiting", "")


def test_who_waits_behind_others_for_long_is_not_told_that_it_broke_off(region):
    manager, other = (make_person("manager", clusters=[region[0]]) for _ in range(2))
    queued = tasks.start(query="", language="de", by=manager)
    lost = ask(query="", language="de", by=other)  # without a job
    Atlas.objects.update(heard_at=timezone.now() - timedelta(hours=1))
    tasks.keep_ready(timestamp=0)
    with pytest.raises(own_atlases.NotNow, match="noch gesetzt"):
        ask(query="", language="de", by=manager)
    queued.refresh_from_db(), lost.refresh_from_db()
    assert (queued.state, lost.state) == ("waiting", "failed")
