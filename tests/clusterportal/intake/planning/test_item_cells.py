"""Several values in one cell, and what stands beside them: signs of a list, mail addresses of persons."""

import pytest

from clusterportal.core.languages import column_names
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile

pytestmark = pytest.mark.django_db
TITLE = column_names("title")[0]


def plan_of(row: dict):
    return make_plan([(2, {"name": "A", "kind": "other"} | row)], profile=profile("registry"))


def parts_of(row: dict):
    (entry,) = plan_of(row).entries
    return entry.parts


@pytest.mark.parametrize("column", ["services", "aliases", "contacts"])
@pytest.mark.parametrize("cell", ["Beratung, Schulung", "Beratung / Schulung", "Beratung • Schulung"])
def test_what_reads_like_a_list_is_one_item_with_a_word(column, cell):
    plan = plan_of({column: cell})
    assert len(plan.entries[0].parts[column].add) == 1
    (remark,) = plan.problems
    assert (remark.row, remark.column, remark.value) == (2, column, cell)
    assert (
        remark.reason
        == "Das gilt als ein einziger Eintrag. Trennen Sie mehrere mit einem senkrechten Strich (|) oder Semikolon."
    )


@pytest.mark.parametrize(
    "cell",
    [
        "Beratung; Schulung",
        "Forschung/Entwicklung",
        "Beratung (Technik, Recht)",
        "Beratung, auch für kleine Unternehmen",
    ],
)
def test_of_names_and_lists_nothing_is_said(cell):
    assert plan_of({"services": cell}).problems == []


@pytest.mark.parametrize(
    "cell",
    [
        "- Beratung\n- Schulung",
        "• Beratung\n• Schulung",
        "1. Beratung\n2. Schulung",
        "* Beratung; * Schulung",
    ],
)
def test_the_signs_of_a_list_are_no_text(cell):
    titles = [item[TITLE] for item in parts_of({"services": cell})["services"].add]
    assert titles == ["Beratung", "Schulung"]


def test_a_number_before_one_name_belongs_to_it():
    titles = [item[TITLE] for item in parts_of({"services": "1. FC; 3. Schulung"})["services"].add]
    assert titles == ["1. FC", "3. Schulung"]


@pytest.mark.parametrize(
    "cell",
    [
        "Eva Muster <eva@example.org>", "Eva Muster (eva@example.org)", "Eva Muster, eva@example.org",
        "Eva Muster eva@example.org", "Eva Muster: eva@example.org",
    ],
)  # fmt: skip
def test_the_mail_address_of_a_person_is_no_name(cell):
    plan = plan_of({"contacts": cell})
    (person,) = plan.entries[0].parts["contacts"].add
    assert plan.problems == []
    assert (person["name"], person["email"]) == ("Eva Muster", "eva@example.org")


def test_a_mail_address_without_a_name_is_no_person():
    (problem,) = plan_of({"contacts": "eva@example.org"}).problems
    assert problem.column == "contacts"
