"""The table of ASVS: whole, each yes with tests that are there, each other answer with its reason; its counts shown."""

import ast
from functools import cache

import pytest

from clusterportal.operation.domain import asvs
from clusterportal.settings import BASE_DIR
from tests.factories import make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/operation/security/"
# Requirements of levels 1 and 2 by chapter, as the standard has them.
HOW_MANY = dict(enumerate((27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7), start=1))


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((BASE_DIR / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_an_answer_and_every_answer_its_ground():
    rows = asvs.requirements()
    assert {number: len(of) for number, _name, of in asvs.by_chapter(rows)} == HOW_MANY
    assert [sum(one.level == level for one in rows) for level in (1, 2)] == [70, 183]
    assert len({one.number for one in rows}) == len(rows)
    for one in rows:
        assert one.answer in asvs.ANSWERS and one.requirement, one.number
        assert bool(one.tests) == (one.answer == "yes"), one.number
        assert one.tests or len(one.remark) > 6, one.number
        for node in one.tests:
            path, _colons, name = node.partition("::")
            assert name in functions_of(path), (one.number, node)


def test_administrators_see_it_with_its_counts(client):
    administrator = make_person("administrator")
    client.force_login(administrator)
    page = markup_of(client.get(PAGE))
    for code, first, second, both in asvs.counts():
        assert f"<td>{first}</td><td>{second}</td><td>{both}</td>" in page, code
    assert "1 Person des Teams hat keinen." in page and "ist Superuser" in page
    assert "CC BY-SA 4.0" in page and page.count('<h2 id="sec-') == 2 + 17
    only = markup_of(client.get(PAGE, {"answer": "no"}))
    numbers = {one.number for one in asvs.requirements() if one.answer == "no"}
    assert only.count('<th scope="row">') == 3 + len(numbers)


@pytest.mark.parametrize("role", ["manager", "editor", "viewer", "representative"])
def test_nobody_else_does(client, role):
    client.force_login(make_person(role))
    assert client.get(PAGE).status_code in (302, 403)


def test_pages_below_another_lead_back_to_it(client):
    client.force_login(make_person("administrator"))
    for page, above in ((PAGE, "/admin/operation/"), ("/admin/privacy/consents/", "/admin/privacy/")):
        head = markup_of(client.get(page)).partition('id="header-inner"')[2].partition("<main")[0]
        assert f'<a href="{above}"' in head, page
