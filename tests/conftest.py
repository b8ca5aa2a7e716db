"""What every test may use. The database server starts by itself with the first connection."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as of_examples
from structlog.contextvars import clear_contextvars

ROOT = Path(__file__).resolve().parent.parent

# No example fails because the machine was busy.
of_examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_examples.load_profile("untimed")


def pytest_collection_modifyitems(items):
    """What starts portals, browsers and copies of the house comes first: so no process has it left over at the end."""
    long = ("test_up", "faults", "journeys", "recipes", "releases")
    _refuse_twins(items)
    items.sort(key=lambda item: not any(name in item.nodeid for name in long))


def pytest_make_parametrize_id(val, argname):
    """Archives hold the time, so each process would name a test with one in another way."""
    return argname if isinstance(val, bytes) else None


def _refuse_twins(items) -> None:
    """Of tests with one id, several processes would run the first alone, and nobody would see it."""
    if twins := [one for one, number in Counter(item.nodeid for item in items).items() if number > 1]:
        raise pytest.UsageError(f"Several tests have one id: {twins}")


@pytest.fixture(autouse=True)
def _no_request():
    """The number of a request that a test made stands in no job of the next."""
    clear_contextvars()


@pytest.fixture(autouse=True)
def _german():
    """Tests begin in the portal's first language, whatever the test before activated."""
    from django.utils import translation

    with translation.override("de"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _quickly_emptied():
    """Tests that commit are many, and most of them fill few tables."""
    from django.test import TransactionTestCase

    from tests.emptying import empty_tables

    with patch.object(TransactionTestCase, "_fixture_teardown", lambda _case: empty_tables()):
        yield


@pytest.fixture(autouse=True)
def _no_jobs_left(request):
    """Jobs are in a library's own tables, which nobody empties after a test that commits."""
    marker = request.node.get_closest_marker("django_db")
    is_committed = {"transactional_db", "live_server"} & {*request.fixturenames}
    if not is_committed and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    _delete_jobs()


@pytest.fixture
def no_jobs(db):
    """A test that counts jobs begins with none, whoever left some."""
    _delete_jobs()


def _delete_jobs() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


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


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder for a portal of the test's own; pytest's are closed to the account that PostgreSQL runs as."""
    with TemporaryDirectory(prefix="portal-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def post(settings):
    """A mail server on loopback; `post.accepted` holds recipients and content of what was sent."""
    from tests.mail_server import accepting_mails

    with accepting_mails(settings) as server:
        yield server
