"""Every library that is installed with the portal has a licence on the list, and none a weakness that is known here."""

from importlib.metadata import Distribution

import pytest

from tests.audit import advisories
from tests.audit.libraries import installed
from tests.audit.licences import is_free, refused, stated


@pytest.fixture(scope="module")
def libraries():
    return installed()


def test_every_licence_is_on_the_list_or_has_a_stated_reason(libraries):
    assert len(libraries) > 100 and {"django", "psycopg", "sqlparse"} <= libraries.keys()
    assert refused(libraries) == {}
    assert {name for name in stated() if name in libraries} == {*stated()}, (
        "a reason for what is not installed"
    )


def test_no_library_is_older_than_what_mended_a_known_weakness(libraries):
    assert advisories.by_the_list(libraries) == []


@pytest.mark.parametrize(
    ("licence", "answer"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("BSD License AND Apache Software License", True),
        ("GNU Affero General Public License v3", False),
        ("MIT AND GPL-2.0-or-later", False),
        ("Business Source License 1.1", False),
        ("", False),
    ],
)
def test_what_counts_as_free(licence, answer):
    assert is_free(licence) is answer


class Old(Distribution):
    version = "2.0"
    metadata = {"License-Expression": "AGPL-3.0-only"}

    def read_text(self, filename): ...
    def locate_file(self, path): ...


def test_a_new_library_of_another_licence_and_an_old_version_are_told():
    assert refused({"strange": Old()}) == {"strange": "AGPL-3.0-only"}
    assert advisories.by_the_list({"django": Old()}) == ["django 2.0: CVE-2025-64459, mended in 5.2.8"]
