"""What leaves the kept versions, by the functions of `sql/versions.sql`: the portal's account needs no right to."""

import json
from collections.abc import Iterable

from django.db import connection


def forget_by(versions: str, column: str, keys: Iterable[str]) -> int:
    """Delete rows of a table of versions (its quoted name) by `pgh_id` or `pgh_obj_id`; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT history_forget_versions(%s, %s, %s::text[])", [versions, column, list(keys)])
        return cursor.fetchone()[0]


def redact_version(versions: str, key: str, values: dict) -> None:
    """Give columns of one row the values, which hold less than before; raises a DatabaseError when they do not."""
    with connection.cursor() as cursor:
        changes = json.dumps(values, ensure_ascii=False)
        cursor.execute("SELECT history_redact_version(%s, %s, %s::jsonb)", [versions, key, changes])
