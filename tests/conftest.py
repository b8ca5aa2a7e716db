"""The suite runs on the same embedded server as the portal, in a cluster of its own that trades safety for speed."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("PORTAL_DATA_DIR", str(ROOT / ".portal" / "tests"))
os.environ.setdefault("HTTPS", "off")


def pytest_configure(config):
    if not os.environ.get("DATABASE_URL"):
        from clusterportal.core.embedded import server_under

        server_under(os.environ["PORTAL_DATA_DIR"]).start("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@pytest.fixture(autouse=True)
def _german():
    """Tests begin in the portal's first language, whatever the test before activated."""
    from django.utils import translation

    with translation.override("de"):
        yield


@pytest.fixture
def chain(db):
    """The five layers."""
    from tests.factories import make_chain

    return make_chain()


@pytest.fixture
def shared_data() -> Path:
    """The folder of real open data beside the project; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the open data beside the project are not here")
    return folder
