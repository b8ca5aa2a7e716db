"""Every row that is read is accounted for, whatever the table holds; both in the command and in the admin."""

import csv
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor
from clusterportal.intake.plan import Miscounted, Outcome, Plan, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.intake.report import accounts
from clusterportal.tables.body_rows import EXTRA_CELLS, SKIPPED_LINE
from clusterportal.tables.skipped_lines import SkippedLine
from layers.models import Layer
from tests.factories import make_actor, make_chain

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(["Muster GmbH", "Muster", "MUSTER", "Ökohaus", "", " ", "x" * 301, "=A"])
CELLS = {
    "name": NAMES,
    "kind": st.sampled_from(["company", "Unternehmen", "", "firm", "?"]),
    "postcode": st.sampled_from(["67655", "67655", "4103", "", "A-5020", "k. A."]),
    "city": st.sampled_from(["Leipzig", "", "Köln"]),
    "layers": st.sampled_from(["", "1", "1|2*", "nowhere", "1*|2*", "1|1"]),
    "relations": st.sampled_from(["", "cooperation>muster-gmbh", "cooperation>nobody", "likes>x"]),
    "identifiers": st.sampled_from(["", "wikidata:Q1", "isbn:1"]),
    "slug": st.sampled_from(["", "", "muster-gmbh", "a b"]),
    "founded": st.sampled_from(["", "1995", "3", "soon"]),
}
ROW = st.fixed_dictionaries({}, optional=CELLS)
TOTAL = st.just({SKIPPED_LINE: SkippedLine("Summe: 2", "A total.")})
LINE = st.one_of(ROW, ROW, TOTAL, ROW.map(lambda row: row | {EXTRA_CELLS: 20}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, max_size=12), probable=st.sampled_from([*Probable]), data=st.data())
def test_rows_read_are_the_sum_of_what_became_of_them(lines, probable, data):
    decided = data.draw(st.dictionaries(st.integers(2, 13), st.sampled_from([None, "leave"]), max_size=3))
    with transaction.atomic():
        if not Layer.objects.exists():
            make_chain()
        if not Actor.objects.filter(slug="muster-gmbh").exists():
            make_actor("Muster GmbH", postcode="67655")
        plan = make_plan(
            enumerate([dict(line) for line in lines], start=2), profile=profile("registry"), probable=probable,
            decisions=decided,
        )  # fmt: skip
    assert plan.read == len(lines) == sum(plan.counts.values()) == len(plan.entries)
    assert plan.counts[Outcome.NOT_A_ROW] == sum(SKIPPED_LINE in line for line in lines)
    left_out = {entry.row for entry in plan.entries if entry.outcome in ("skipped", "passed", "invalid")}
    assert {problem.row for problem in plan.problems} >= left_out  # each says why
    told = accounts(plan.counts, read=plan.read)
    read, counted = re.fullmatch(r"Gelesene Zeilen: (\d+) = (.*)", told).groups()
    assert int(read) == sum(int(number) for number in re.findall(r"(?:^|\+ )(\d+)", counted))


def test_a_lost_or_doubled_row_is_a_fault_of_the_portal():
    for change in ({"read": 2}, {"read": 1, "twice": True}):
        plan = make_plan([(2, {"name": "A", "kind": "other"})], profile=profile("registry"))
        plan.read = change["read"]
        plan.entries *= 2 if change.get("twice") else 1
        with pytest.raises(Miscounted, match="Fehler des Portals"):
            plan.check_counts()
    assert Plan().check_counts() is None


MESSY = [
    ["Firma", "Art", "PLZ", "Ort"],
    ["Eins", "Unternehmen", "50667", "Köln"],
    ["Eins", "Unternehmen", "50667", "Köln"],
    ["Zwei", "Firmchen", "50667", "Köln"],
    ["Drei", "Unternehmen", "50667", "Köln", "zu", "viel"],
    ["", "", "", ""],
    ["Quelle: Amt", "", "", ""],
]


def write(path) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(MESSY)


_PASSED = "1 übergangen (Kopf noch einmal, Summe, Anmerkung)"
EQUATION = f"Gelesene Zeilen: 5 = 1 neu + 1 übersprungen + {_PASSED} + 2 ungültig"


@pytest.mark.parametrize("skip_invalid", [True, False])
def test_the_terminal_shows_the_equation(tmp_path, settings, skip_invalid):
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    write(tmp_path / "t.csv")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_actors", tmp_path / "t.csv", skip_invalid=skip_invalid, stdout=out, stderr=out)
    assert EQUATION in out.getvalue() and "rows: 5\n" in out.getvalue()
    assert re.search(r"Zeile 7: .*Quelle: Amt", out.getvalue())
    assert Actor.objects.count() == (1 if skip_invalid else 0)
