"""The whole registry in one file: every table as PostgreSQL's own COPY text, and the uploaded files.

COPY text means the same to every version and every server, so that a backup of the embedded database restores on a
real one. The archive is a tar: `manifest.json` first, then `tables/<name>`, then `files/<folder>/...`.
"""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import psycopg
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from clusterportal.core import backup_notes
from clusterportal.core.backup_encryption import Secret, decrypting, encrypting
from clusterportal.core.backup_files import BackupError, Stage, content_of, copied, files
from clusterportal.core.backup_origin import origin, refusal
from clusterportal.core.models import Standstill
from clusterportal.core.private_files import open_private
from clusterportal.core.stored_files import FilesUnreachable

# Tables of the installation, not of the registry: jobs, sessions, migrations. Models of ours declare it themselves:
# `is_left_out_of_backups`.
_LEFT_OUT = ("django_migrations", "django_session", "procrastinate_")
_FILLED_BY_MIGRATING = {
    "django_content_type",
    "auth_permission",
    "history_revision",
    "django_site",
    "pages_embedscript",
    "pages_feednamespace",
}
_BLOCK = 1 << 16  # bytes
# Exceptions by which a damaged, truncated or foreign file shows, wherever that is noticed.
_DAMAGES = (
    OSError,
    EOFError,
    zlib.error,
    tarfile.TarError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True)
class Summary:
    tables: int
    rows: int
    files: int


# ---------- out ----------
def backup(path: Path, *, secret: Secret | None = None) -> Summary:
    """Write everything to `path`, as of one moment; an interrupted backup leaves no partial file.

    With a `secret` nobody reads it without the same or its counterpart.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        with (
            open_private(draft, "wb") as file,  # password hashes, and contacts without consent, are in it
            encrypting(file, secret) as room,
            gzip.GzipFile("", "wb", 6, room) as packed,
            tarfile.open(fileobj=packed, mode="w|") as archive,
        ):
            summary = _write(archive)
        draft.replace(path)
        backup_notes.note()
    finally:
        draft.unlink(missing_ok=True)
    return summary


def _write(archive: tarfile.TarFile) -> Summary:
    with transaction.atomic(), TemporaryFile() as spool:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            places, manifest = {}, origin() | {"tables": {}}
            for table in _tables(cursor):
                start, digest = spool.tell(), hashlib.sha256()
                rows = _copy_out(cursor, table, spool, digest)
                places[table] = (start, spool.tell() - start)
                manifest["tables"][table] = {"rows": rows, "sha256": digest.hexdigest()}
        contents, manifest["files"] = {}, {}
        for name, opened in files():
            start = spool.tell()
            with suppress(FileNotFoundError), opened() as content:  # deleted meanwhile
                manifest["files"][name] = copied(content, spool)
                contents[name] = (start, spool.tell() - start)
        _add(
            archive,
            "manifest.json",
            BytesIO(listed := json.dumps(manifest, indent=1).encode()),
            len(listed),
        )
        for table, (start, size) in places.items():
            spool.seek(start)
            _add(archive, f"tables/{table}", spool, size)
        for name, (start, size) in contents.items():
            spool.seek(start)
            _add(archive, f"files/{name}", spool, size)
    return _summary(manifest, len(contents))


def _copy_out(cursor, table: str, spool: BinaryIO, digest) -> int:
    """Rows in the order of the primary key, so that the same content gives the same bytes."""
    columns, keys = _columns(cursor, table), _primary_key(cursor, table)
    order = f" ORDER BY {', '.join(keys)}" if keys else ""
    with cursor.copy(f"COPY (SELECT {', '.join(columns)} FROM {_quoted(table)}{order}) TO STDOUT") as copy:
        for block in copy:
            spool.write(block)
            digest.update(block)
    return cursor.rowcount


# ---------- in ----------
def restore(path: Path, *, replace: bool = False, secret: Secret | None = None) -> Summary:
    """Make database and files what they were when `path` was written.

    The database is restored as a whole or not at all; then the files, which wait beside their places, are moved in.

    Raises BackupError when the file is damaged, no backup, or encrypted with another secret, when a portal with other
    migrations made it, or when database or folders hold something else and `replace` is false.
    """
    try:
        with decrypting(path, secret) as file:
            with gzip.open(file) as packed:
                # To the end, where the checksum is: nothing is begun with half a file.
                while packed.read(1 << 20):
                    pass
            file.seek(0)
            with tarfile.open(fileobj=file, mode="r:gz") as archive:
                return _read(archive, replace=replace)
    except _DAMAGES as error:
        raise BackupError(
            f"{path} is no backup that can be read, or is damaged ({error}). Nothing was changed."
        ) from error
    except FilesUnreachable as error:
        raise BackupError(
            f"The storage of the files does not answer: {error}. Nothing was changed."
        ) from error
    except (DatabaseError, psycopg.Error) as error:
        raise BackupError(f"The database did not take {path}: {error} Nothing was changed.") from error


def _read(archive: tarfile.TarFile, *, replace: bool) -> Summary:
    manifest = json.load(content_of(archive, "manifest.json"))
    if reason := refusal(manifest):
        raise BackupError(reason)
    with Stage() as stage:
        count = stage.take(archive, manifest.get("files"))
        if not replace and (present := stage.would_remove()):
            raise BackupError(
                f"There are files that the backup does not hold, such as {present[0]}. Say --replace to remove them."
            )
        _read_tables(archive, manifest, replace=replace)
        stage.put_in_place()
    return _summary(manifest, count)


def _read_tables(archive: tarfile.TarFile, manifest: dict, *, replace: bool) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        present = _tables(cursor)
        if different := sorted(manifest["tables"].keys() ^ set(present)):
            raise BackupError(f"Tables differ: {', '.join(different)}.")
        if not replace and any(
            _has_rows(cursor, table) for table in present if table not in _FILLED_BY_MIGRATING
        ):
            raise BackupError("The database is not empty. Say --replace to overwrite everything in it.")
        with _own_triggers_off(cursor, present):
            emptied = [*present, *_left_out_tables(cursor)]  # these tell of what was here before
            cursor.execute(f"TRUNCATE {', '.join(map(_quoted, emptied))}")
            for table in present:
                _copy_in(cursor, table, archive, manifest["tables"][table])
        _set_sequences(cursor, present)
        Standstill.objects.create(pk=1)  # mails that wait in the backup may have gone out after it was made


@contextmanager
def _own_triggers_off(cursor, tables: list[str]) -> Iterator[None]:
    """Rows come in exactly as they were: no history events, no new dates. Foreign keys are still checked."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {_quoted(table)} DISABLE TRIGGER USER")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
    for table in tables:
        cursor.execute(f"ALTER TABLE {_quoted(table)} ENABLE TRIGGER USER")


def _copy_in(cursor, table: str, archive: tarfile.TarFile, expected: dict) -> None:
    digest, file = hashlib.sha256(), content_of(archive, f"tables/{table}")
    columns = ", ".join(_columns(cursor, table))
    with cursor.copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN") as copy:
        while block := file.read(_BLOCK):
            digest.update(block)
            copy.write(block)
    if digest.hexdigest() != expected["sha256"]:
        raise BackupError(f"The backup is damaged: {table} is not what was written.")


def _set_sequences(cursor, tables: list[str]) -> None:
    """New rows are numbered after the restored ones."""
    for table in tables:
        cursor.execute(
            "SELECT attname, pg_get_serial_sequence(%s, attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [_quoted(table), _quoted(table)],
        )
        for column, sequence in cursor.fetchall():
            if sequence:
                cursor.execute(
                    f"SELECT setval(%s, COALESCE(max({_quoted(column)}), 0) + 1, false) FROM {_quoted(table)}",
                    [sequence],
                )


# ---------- what there is ----------
def _tables(cursor) -> list[str]:
    own = _left_out_tables(cursor)
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
        "ORDER BY relname"
    )
    return [name for (name,) in cursor.fetchall() if not name.startswith(_LEFT_OUT) and name not in own]


def _left_out_tables(cursor) -> list[str]:
    """Tables of models that say so of themselves, as far as the database has them: an older one lacks some."""
    own = [one._meta.db_table for one in apps.get_models() if getattr(one, "is_left_out_of_backups", False)]
    cursor.execute(
        "SELECT own FROM unnest(%s::text[]) own WHERE to_regclass(quote_ident(own)) IS NOT NULL", [own]
    )
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor, table: str) -> list[str]:
    """The columns that are written; what the database generates it generates again."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attgenerated = '' ORDER BY attname",
        [_quoted(table)],
    )
    return [_quoted(name) for (name,) in cursor.fetchall()]


def _primary_key(cursor, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey) "
        "WHERE indrelid = %s::regclass AND indisprimary ORDER BY attnum",
        [_quoted(table)],
    )
    return [_quoted(name) for (name,) in cursor.fetchall()]


def _has_rows(cursor, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {_quoted(table)})")
    return cursor.fetchone()[0]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _add(archive: tarfile.TarFile, name: str, content: BinaryIO, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size
    archive.addfile(entry, content)


def _summary(manifest: dict, files: int) -> Summary:
    tables = manifest["tables"]
    return Summary(len(tables), sum(table["rows"] for table in tables.values()), files)
