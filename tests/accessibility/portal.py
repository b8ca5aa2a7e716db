"""A portal with the demo registry and one record of everything, in a database of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from clusterportal.accounts.models import User
from tests.clusterportal.admin_world import World

DATABASE = "accessibility"


@contextmanager
def running() -> Iterator[str]:
    """The address of a running portal. Its database is made before and dropped afterwards."""
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = DATABASE
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    with open(os.devnull, "w") as nowhere:
        call_command("load_registry", settings.BASE_DIR / "fixtures" / "demo", stdout=nowhere)
        call_command("load_texts", settings.BASE_DIR / "fixtures" / "pages", stdout=nowhere)
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        teardown_databases(kept, verbosity=0)


def cookie_of(person, origin: str) -> dict:
    """What lets a browser in as `person`."""
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}


def people(world: World) -> dict[str, User]:
    """Who opens pages, by the names that pages have for them."""
    return {"representative": world.outside[0], "administrator": world.people["a"]}
