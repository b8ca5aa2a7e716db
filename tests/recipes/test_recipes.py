"""README's recipes ("How to add"), each carried out in a copy of the house with a database of its own."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent.parent
RECIPES = {  # heading in README -> module beside this one, with EDITS, ENVIRONMENT, TESTS and tests of its own
    "A field of actors": "field",
    "A filter": "filter",
    "A searched field": "searched_field",
    "An endpoint": "endpoint",
    "A language": "language",
}
# Those of one round are carried out in one copy, as a house takes them one after the other.
ROUNDS = [["field", "filter", "endpoint"], ["searched_field", "language"]]


def test_every_recipe_of_readme_is_tried():
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## How to add\n")[1].split("\n## ")[0]
    assert {*re.findall(r"^\*\*([^*]+)\.\*\*", section, re.M)} == {*RECIPES}
    assert sorted(name for names in ROUNDS for name in names) == sorted(RECIPES.values())


@pytest.fixture
def database(transactional_db):
    """A copy of the suite's own database, which has all tables already; the server makes it in a moment."""
    model, name = connection.settings_dict["NAME"], f"recipe_{os.getpid()}"
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        # What earlier tests left connected would forbid the copy.
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [model])
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def copy(tmp_path) -> Path:
    """The house without what starts with a dot: history, environment, data."""
    left_out = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build")
    return Path(shutil.copytree(ROOT, tmp_path / "house", ignore=left_out))


@pytest.mark.parametrize("names", ROUNDS, ids=" ".join)
def test_the_recipes_hold(names, copy, database):
    environment = {}
    for name in names:
        recipe = importlib.import_module(f"tests.recipes.{name}")
        for edit in recipe.EDITS:
            edit.apply(copy)
        environment |= recipe.ENVIRONMENT
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.recipes.settings",
        "PORTAL_DATA_DIR": str(settings.PORTAL_DATA_DIR),
        "RECIPE_DATABASE": database,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.recipes.carry_out", *names], cwd=copy, capture_output=True, text=True,
        env=kept | ours | environment, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
