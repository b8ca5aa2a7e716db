"""What editors import, and that a person who asks for it is gone from imports too."""

import pytest

from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def test_what_an_editor_imports_into_a_published_actor_is_refused(chain):
    cluster = make_cluster()
    public, draft = (
        make_actor("Public", clusters=[cluster]),
        make_actor("Draft", clusters=[cluster], state="draft"),
    )
    rows = [
        (2, {"slug": public.slug, "city": "Halle"}),
        (3, {"slug": draft.slug, "city": "Halle"}),
        (4, {"slug": public.slug, "name": "Public"}),
    ]
    for role, first in {"editor": "invalid", "manager": "changed"}.items():
        person = make_person(role, clusters=[cluster])
        plan = make_plan(iter(rows[:2]), profile=profile("registry"), by=person)
        assert [str(entry.outcome) for entry in plan.entries] == [first, "changed"], role
        plan = make_plan(iter(rows[2:]), profile=profile("registry"), by=person)
        assert [str(entry.outcome) for entry in plan.entries] == ["unchanged"]


def test_a_person_is_taken_out_of_imports(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    runs = [ImportRun.objects.create(file="x.csv", file_name=name) for name in ("mit.csv", "ohne.csv")]
    ImportRow.objects.create(
        run=runs[0], number=2, outcome="changed", changes=[["contacts", "", "Erika Muster e@example.org"]]
    )
    ImportRow.objects.create(run=runs[1], number=2, outcome="changed", changes=[["city", "", "Halle"]])
    found = find_person(Person("Erika Muster", ""))
    assert [(one.kind, one.title) for one in found.values()] == [("Import", "mit.csv")]
    erase(person=Person("Erika Muster"), keys=found, ground="request", by=make_person("administrator"))
    assert [run.file_name for run in ImportRun.objects.all()] == ["ohne.csv"]
