"""The accessibility statement rests on results of this release, of the pages that there are."""

import json

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from clusterportal.pages.models import TextPage
from clusterportal.pages.presenters.conformity import RESULTS, conformity
from clusterportal.pages.presenters.success_criteria import NAMES
from tests.accessibility.kinds import NOT_PAGES, SAME_LOOK, kinds, names_of_portal
from tests.accessibility.results import ROOT, rows, version
from tests.markup import markup_of

SAID = json.loads(RESULTS.read_text())


def test_the_results_are_of_this_release_and_of_every_kind_of_page():
    assert SAID["version"] == version(), "run `python -m tests.accessibility` for the release"
    named = sorted(SAID["kinds"] + SAID["left_out"])
    assert named == sorted(kinds()), "pages came or went: run `python -m tests.accessibility`"


def test_every_kind_of_page_is_looked_at_or_named():
    others = {name for name in names_of_portal() if name not in kinds()}
    assert others == NOT_PAGES | SAME_LOOK


def test_every_criterion_has_an_answer():
    assert [one["number"] for one in SAID["criteria"]] == list(NAMES) == [row["number"] for row in rows()]
    assert len(NAMES) == 55  # WCAG 2.2, levels A and AA; 4.1.1 is gone


def test_tests_that_the_results_name_exist():
    for row in rows():
        assert ("tests" in row["checks"].split()) is bool(row["tests"])
        if row["tests"]:
            file, _colons, name = row["tests"].partition("::")
            assert f"def {name}(" in (ROOT / file).read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_statement_says_what_the_results_say(client, language):
    TextPage.objects.create(
        slug="accessibility", title_de="Erklärung", body_de="Vorweg.\n\n## Melden\n\nHier."
    )
    with override(language):
        page = markup_of(client.get(reverse("pages:accessibility")))
        found = conformity()
        parts = [
            date_format(found.checked_on, "DATE_FORMAT"),
            found.version,
            found.browser,
            *(f">{one.number} {one.name}</th>" for one in found.criteria),
            *(str(one.known.what) for one in found.shortcomings),
            *(f"{one.number} {one.name}" for one in found.unchecked),
        ]
        assert [part for part in parts if part not in page] == []
        status = {"de": ("teilweise", "vollständig"), "en": ("partially", "fully")}[language]
        assert f"<strong>{status[found.is_full]} " in page
    assert page.index("Vorweg.") < page.index('id="h-conformity"') < page.index(">Melden<")
