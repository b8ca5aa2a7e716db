"""Files that name a person and that no record names: reports and left uploads go, in logs the words are overwritten.

The server's own files are not text; what they mean is searched in the tables. Files of imports go with their import.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext as _

from clusterportal.core.stored_files import at_hand, is_local, stored
from clusterportal.history import file_search
from clusterportal.history.erasure import PersonFinding, cannot_search, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person

_NOT_READ = {"postgres", "static", "media"}  # pictures have no text, and go with their record
_LOGS = "log"  # folder of the embedded server
DELETED = (
    "reports",
    "imports",
    "attachments",
    "proofs",
    "dumps",
    "copies",
)  # folders whose files nobody needs
_FILL = b"x"


def files() -> Iterator[Path]:
    """Every file that may hold text of people, logs of the embedded server included."""
    home = Path(settings.PORTAL_DATA_DIR)
    for path, below, found in os.walk(home, followlinks=True):  # the database may lie behind a link
        folder = Path(path)
        is_read = not _NOT_READ & set(folder.relative_to(home).parts)
        below[:] = sorted(below) if is_read else [name for name in below if name == _LOGS]
        yield from (
            folder / name
            for name in sorted(found)
            if (is_read or name.endswith(".log")) and (folder / name).is_file()
        )


def _find(search: Search) -> list[PersonFinding]:
    go_with_records = _files_of_records()
    found = [
        PersonFinding(name, _("File"), name, _what(path))
        for path, name in _named()
        if path not in go_with_records and _names(path, search.person)
    ]
    for alias, name in _left_in_storages():
        with suppress(FileNotFoundError), at_hand(storages[alias], name) as path:
            if _names(path, search.person):
                found.append(PersonFinding(f"{alias}/{name}", _("File"), f"{alias}/{name}", _("is deleted")))
    return found


def _left_in_storages() -> list[tuple[str, str]]:
    """Storage and name of each upload that another machine keeps and no record names any more."""
    away = [one for one in _file_columns() if not is_local(one[1].storage)]
    kept = {(column.storage, name) for model, column in away for name in _named_by(model, column)}
    return [
        (alias, name)
        for alias in DELETED
        if alias in settings.STORAGES and not is_local(storages[alias])
        for name in stored(storages[alias])
        if (storages[alias], name) not in kept
    ]


def _files_of_records() -> set[Path]:
    """Every file that a record names, as an import names its table."""
    return {
        Path(column.storage.path(name)).resolve()
        for model, column in _file_columns()
        if is_local(column.storage)
        for name in _named_by(model, column)
    }


def _file_columns() -> list[tuple[type[models.Model], models.FileField]]:
    return [
        (model, column)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, models.FileField)
    ]


def _named_by(model: type[models.Model], column: models.FileField) -> Iterator[str]:
    return filter(None, model._base_manager.order_by().values_list(column.name, flat=True).distinct())


def _erase(keys: list[str], person: Person) -> int:
    """Deletes reports and left uploads; a log keeps its length, because somebody writes at its end meanwhile."""
    count = 0
    for path, name in _named():
        if name not in keys:
            continue
        if _is_deleted(path):
            path.unlink(missing_ok=True)
        else:
            overwrite(path, person)
        count += 1
    for alias, name in _left_in_storages():
        if f"{alias}/{name}" in keys:
            storages[alias].delete(name)
            count += 1
    return count


def overwrite(path: Path, person: Person) -> None:
    """Replace the bytes that name the person by as many others, line by line."""
    with open(path, "r+b") as file:
        start = 0
        for line in iter(file.readline, b""):
            text = line.decode("utf-8", "surrogateescape")
            for a, b in person.spots(text):
                before, words = (part.encode("utf-8", "surrogateescape") for part in (text[:a], text[a:b]))
                file.seek(start + len(before))
                file.write(_FILL * len(words))
            start += len(line)
            file.seek(start)


def _named() -> list[tuple[Path, str]]:
    home = Path(settings.PORTAL_DATA_DIR)
    return [(path, path.relative_to(home).as_posix()) for path in files()]


def _is_deleted(path: Path) -> bool:
    return path.relative_to(settings.PORTAL_DATA_DIR).parts[0] in DELETED


def _what(path: Path) -> str:
    return _("is deleted") if _is_deleted(path) else _("the words are overwritten")


def _names(path: Path, person: Person) -> bool:
    try:
        return file_search.names(path, person)
    except (file_search.Unsearchable, OSError):
        return False


def _unread() -> list[str]:
    """Files that cannot be searched; also found when nobody in particular is looked for."""
    found = []
    for path, name in _named():
        try:
            file_search.names(path, Person("\N{REPLACEMENT CHARACTER}"))
        except (file_search.Unsearchable, OSError):
            found.append(name)
    return found


erasable("file", find=_find, erase=_erase)
cannot_search(_unread)
