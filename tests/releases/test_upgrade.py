"""The database of a former release goes on in this version: `up` migrates it as this does."""

import json
import os
import tarfile
from pathlib import Path
from unittest.mock import Mock

import psycopg
import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clusterportal.core import backup
from clusterportal.core.management.executor import PortalExecutor
from tests import elsewhere
from tests.releases import registry

HERE = Path(__file__).resolve().parent
RELEASES = sorted(HERE.glob("*.tar.gz"))
GROWING = {"auth_permission", "django_content_type", "pages_embedscript"}  # with new models and scripts
NOTHING = {
    name: []
    for name in (
        "layers", "areas", "clusters", "topics", "services", "aliases", "identifiers", "contacts", "supplies",
        "former addresses",
    )
}  # fmt: skip
TOLD = [
    NOTHING
    | {
        "name": "Beispielwerk Müller GmbH",
        "slug": "beispielwerk-mueller-gmbh",
        "kind": "company",
        "state": "published",
        "summary": "",
        "layers": [("application-market", True)],
        "services": ["Beispiele nach Maß"],
        "contacts": [("Erika Beispiel", "erika@werk.example", None)],
        "supplies": ["institut-fuer-beispiele"],
        "versions": [("insert", "beispielwerk-mueller-gmbh")],
    },
    NOTHING
    | {
        "name": "Entwurf",
        "slug": "entwurf",
        "kind": "research_institute",
        "state": "draft",
        "summary": "",
        "versions": [("insert", "entwurf")],
    },
    NOTHING
    | {
        "name": "Institut für Beispiele",
        "slug": "institut-fuer-beispiele",
        "kind": "research_institute",
        "state": "published",
        "summary": "Forscht an Beispielen.",
        "layers": [("applied-research", True), ("basic-research", False)],
        "areas": ["health-medtech"],
        "clusters": [("it-cluster", "member")],
        "topics": ["Vorbilder"],
        "aliases": [("IfB", "acronym")],
        "identifiers": [("register", "Kaiserslautern HRB 1")],
        "former addresses": ["beispiel"],
        "versions": [("insert", "beispiel"), ("update", "institut-fuer-beispiele")],
    },
]


@pytest.fixture
def empty_database(django_db_blocker, settings, tmp_path):
    """A database beside the one of the tests, which everything asks meanwhile."""
    name, former = f"upgrade_{os.getpid()}", connection.settings_dict["NAME"]
    settings.BACKED_UP = {"media": tmp_path / "media"}
    with django_db_blocker.unblock(), _server() as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            connection.close()
            connection.settings_dict["NAME"] = name
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = former
            ContentType.objects.clear_cache()
            server.execute(f"DROP DATABASE {name}")


def _server() -> psycopg.Connection:
    connection.ensure_connection()  # starts the embedded one
    return psycopg.connect(elsewhere.address(), autocommit=True)


def manifest_of(release: Path) -> dict:
    with tarfile.open(release) as archive:
        return json.load(archive.extractfile("manifest.json"))


def last_of_each_app(names: list[str]) -> list[tuple[str, str]]:
    """The migrations "app.name" that no other of the same app follows."""
    graph = MigrationExecutor(connection).loader.graph
    keys = [tuple(name.split(".", 1)) for name in names]
    unknown = [key for key in keys if key not in graph.node_map]
    assert unknown == [], "migrations of a release are never changed"
    followed = {
        parent.key for key in keys for parent in graph.node_map[key].parents if parent.key[0] == key[0]
    }
    return [key for key in keys if key not in followed]


def migrate_to(targets: list[tuple[str, str]]) -> None:
    """An empty database as these migrations leave it, by the portal's own way, which is many times as fast."""
    executor = PortalExecutor(connection)
    nothing = executor._create_project_state(with_applied_migrations=True)
    executor.migrate(targets, executor.migration_plan(targets), nothing)


def counts(tables) -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_a_release_is_kept():
    assert [release.name for release in RELEASES] != []


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_the_database_of_a_release_goes_on(release, empty_database, monkeypatch):
    monkeypatch.setattr(backup, "Standstill", Mock())  # its table came later
    manifest = manifest_of(release)
    migrate_to(last_of_each_app(manifest["migrations"]))
    backup.restore(release, replace=True)
    stored = {table: held["rows"] for table, held in manifest["tables"].items()}
    assert counts(stored) == stored
    call_command("migrate", verbosity=0)
    kept = {model._meta.db_table for model in apps.get_models()} & set(stored) - GROWING
    assert counts(kept) == {table: stored[table] for table in kept}
    assert registry.told() == TOLD
