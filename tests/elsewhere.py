"""Somebody who writes into this test's database past Django."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

_CODE = "import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])"


def address() -> str:
    """Where the database is, for psycopg."""
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo(**{name: connection.settings_dict[key] or None for name, key in names.items()})


def execute(statement: str) -> None:
    """In another process, with a commit."""
    subprocess.run([sys.executable, "-c", _CODE, address(), statement], check=True)


def wait_for_lock(name: str) -> None:
    """Until nobody holds the advisory lock of this name: the server may notice late that a session has ended."""
    with psycopg.connect(address(), autocommit=True) as session:
        session.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def holding_lock(name: str) -> Iterator[None]:
    """Another session holds the advisory lock of this name meanwhile."""
    with psycopg.connect(address(), autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        yield
        # By word, because the server may notice only later that a session has ended.
        session.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
