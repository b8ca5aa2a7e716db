"""Assessments: what they freeze, that they never change, their proofs, and the report on them."""

import io
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from django.utils.translation import override

from actors.models import Membership
from clusterportal.core.kept_files import BadFile
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.history.unused_files import forget_unused_files
from clusterportal.labels.domain.assessing import OwnView, assess, choose_sets, last_assessments
from clusterportal.labels.domain.checking import chosen_criteria, live
from clusterportal.labels.domain.frozen_assessment import entries_of
from clusterportal.labels.domain.report import report_of
from clusterportal.labels.models import CriteriaAssessment, Proof
from tests.clusterportal.labels.makers import make_label, make_set
from tests.factories import make_actor, make_cluster, make_person
from tests.pdf_structure import elements

pytestmark = pytest.mark.django_db
CRITERIA = [
    {"code": "members", "rule": "members", "threshold": 2},
    {"code": "companies", "rule": "companies", "threshold": 50},
    {"code": "staff", "rule": "staff"},
    {"code": "website", "kind": "manual"},
    {"code": "financing", "kind": "scored", "group_de": "Finanzierung", "group_en": "Financing"},
]


@pytest.fixture
def team(chain, settings, tmp_path):
    """A cluster with a company that is committed and two institutes that are not, a list, and a manager."""
    settings.PORTAL_DATA_DIR = tmp_path
    cluster = make_cluster(staff_fte=Decimal("0.50"))
    company = make_actor("Firma", kind="company", layers=[5], clusters=[cluster])
    for name in ("Institut A", "Institut B"):
        make_actor(name, layers=[1], clusters=[cluster])
    company.memberships.update(is_committed=True)
    own = make_set("eccp", *CRITERIA, version="2026", source="https://example.org/eccp")
    return cluster, own, make_person("manager", clusters=[cluster]), company


def pdf(name: str = "beleg.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 x")


def test_an_assessment_freezes_values_actors_and_versions_beside_what_is_said(team):
    cluster, own, manager, company = team
    said = {
        "website": OwnView(verdict="fulfilled", remark="Seit 2024\n"),
        "financing": OwnView(score=70, files=(pdf(),)),
    }
    made = assess(cluster=cluster, criteria_set=own, by=manager, own=said, remark="Erste")
    assert (made.assessed_on, made.edition, made.by, made.remark) == (
        timezone.localdate(),
        "2026",
        manager,
        "Erste",
    )
    shown = [
        (one["code"], one["value"], one["threshold"], one["verdict"], one["score"]) for one in made.findings
    ]
    assert shown == [
        ("members", "1", "2", "not_fulfilled", None),
        ("companies", "33", "50", "not_fulfilled", None),
        ("staff", "0.5", "0.5", "fulfilled", None),
        ("website", None, None, "fulfilled", None),
        ("financing", None, None, "", 70),
    ]
    assert made.findings[0] == {
        "code": "members", "group": {"de": "", "en": ""}, "text": {"de": "Members", "en": "Members (en)"},
        "kind": "computed", "rule": "members", "rule_version": 1, "value": "1", "threshold": "2",
        "verdict": "not_fulfilled", "figures": {"members": 3, "committed": 1},
        "actors": [{"uid": str(company.uid), "name": "Firma"}], "score": None, "remark": "",
    }  # fmt: skip
    assert made.findings[3]["remark"] == "Seit 2024"
    company.name = "Umbenannt"
    company.save()
    Membership.objects.update(is_committed=True)
    made.refresh_from_db()
    with override("de"):
        first = entries_of(made, beside=timezone.localdate())[0]
    assert (first.value, first.verdict, first.shortfall) == (
        "1",
        "not_fulfilled",
        "1 verbindliches Mitglied fehlt",
    )
    assert [one["name"] for one in first.actors] == ["Firma"]
    assert (first.now.value, first.now.verdict, first.has_changed) == ("3", "fulfilled", True)
    [proof] = made.proofs.all()
    assert (proof.code, proof.name, proof.media_type) == ("financing", "beleg.pdf", "application/pdf")
    assert proof.file.read().startswith(b"%PDF")


def test_it_never_changes_and_a_new_one_is_a_new_record(team):
    cluster, own, manager, _company = team
    first = assess(cluster=cluster, criteria_set=own, by=manager, own={"financing": OwnView(files=(pdf(),))})
    for change in ({"remark": "anders"}, {"findings": []}, {"assessed_on": "2020-01-01"}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            CriteriaAssessment.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Proof.objects.update(name="anders.pdf")
    manager.delete()  # the account may go, and what was assessed stays
    first.refresh_from_db()
    assert first.by is None
    second = assess(cluster=cluster, criteria_set=own, by=make_person("manager", clusters=[cluster]))
    assert last_assessments(cluster) == [second]
    assert CriteriaAssessment.objects.count() == 2


def test_only_the_team_assesses_and_bad_files_leave_nothing(team):
    cluster, own, manager, _company = team
    for person in (make_person("manager"), make_person("editor", clusters=[cluster]), make_person("viewer")):
        with pytest.raises(PermissionDenied):
            assess(cluster=cluster, criteria_set=own, by=person)
        with pytest.raises(PermissionDenied):
            choose_sets(cluster=cluster, sets=[own], by=person)
    bad = SimpleUploadedFile("böse.exe", b"MZ\x00")
    with pytest.raises(BadFile, match=r"böse\.exe"):
        assess(cluster=cluster, criteria_set=own, by=manager, own={"website": OwnView(files=(bad,))})
    assert not CriteriaAssessment.objects.exists()


def test_files_of_deleted_assessments_go_after_a_while(team, tmp_path):
    cluster, own, manager, _company = team
    assess(cluster=cluster, criteria_set=own, by=manager, own={"website": OwnView(files=(pdf(),))}).delete()
    assert forget_unused_files(Proof) == 0
    assert forget_unused_files(Proof, kept_for=timedelta(0)) == 1


def test_lists_are_chosen_and_what_several_ask_for_stands_once(team, django_assert_num_queries):
    cluster, own, manager, _company = team
    other = make_set(
        "bw", {"code": "m", "rule": "members", "threshold": 2}, {"code": "a", "rule": "activities"}
    )
    choose_sets(cluster=cluster, sets=[own, other], by=manager)
    with django_assert_num_queries(3):  # the criteria, the members, the events
        found = live(cluster, chosen_criteria(cluster), as_of=timezone.localdate())
    assert [(one.code, one.verdict, one.sources) for one in found] == [
        ("staff", "fulfilled", ("ECCP",)),
        ("members", "not_fulfilled", ("BW", "ECCP")),
        ("companies", "not_fulfilled", ("ECCP",)),
        ("activities", "not_recorded", ("BW",)),
    ]
    choose_sets(cluster=cluster, sets=[other], by=manager)
    assert [one.code for one in chosen_criteria(cluster)] == ["m", "a"]


def test_memberships_count_as_of_the_day(team):
    cluster, own, _manager, _company = team
    today = timezone.localdate()
    Membership.objects.update(is_committed=True, since=today - timedelta(days=9), until=today)
    choose_sets(cluster=cluster, sets=[own], by=make_person("manager", clusters=[cluster]))
    values = {
        shift: live(cluster, chosen_criteria(cluster), as_of=today + timedelta(days=shift))
        for shift in (-10, -9, -1, 0)
    }
    members = {shift: next(o.value for o in found if o.code == "members") for shift, found in values.items()}
    assert members == {-10: "", -9: "3", -1: "3", 0: ""}  # [since, until)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_report_is_an_accessible_pdf(team, language):
    cluster, own, manager, _company = team
    make_label(cluster, assessed_on="2026-01-15")
    said = {"financing": OwnView(score=70, remark="*kein* #Markup", files=(pdf(),))}
    made = assess(cluster=cluster, criteria_set=own, by=manager, own=said)
    written = report_of(made, language=language)
    assert written == report_of(made, language=language)
    assert (
        f"/CreationDate(D:{made.assessed_on:%Y%m%d}000000Z)".encode() in written
    )  # not the moment of making
    with pikepdf.open(io.BytesIO(written)) as document:
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as about:
            assert about["dc:title"].endswith("It-Cluster, Liste eccp")
            assert about["pdfuaid:part"] == "1"
        tags = [str(one.S) for one in elements(document.Root.StructTreeRoot) if "/S" in one]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 5  # the two groups, actors, labels, method
    assert tags.count("/Table") == 3
    assert tags.count("/TH") == 4 + 4 + 3
    assert tags.count("/TD") == 4 * len(CRITERIA) + 3


def test_erasing_a_person_passes_what_is_frozen_and_its_files(team):
    """Remarks lose the name in place, a file that names the person goes; the values stay."""
    cluster, own, manager, _company = team
    letter = SimpleUploadedFile("zusage.txt", b"Zusage von Erika Beispiel")
    said = {"website": OwnView(verdict="fulfilled", remark="Laut Erika Beispiel", files=(letter,))}
    made = assess(cluster=cluster, criteria_set=own, by=manager, own=said)
    person = Person("Erika Beispiel")
    erase(person=person, keys=find_person(person), ground="request", by=make_person("administrator"))
    made.refresh_from_db()
    assert "Erika" not in str(made.findings)
    assert made.findings[0]["value"] == "1"
    assert not made.proofs.exists()
