"""Peers that stand in an environment of their own, the folder BENCH_PEERS: Datasette and Wagtail, there with granian.

Both serve the rows of the registry from SQLite; Wagtail as pages, which know nothing of layers, areas and clusters.
"""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from tests.bench import datasette_rows, servers

_WAGTAIL = "tests.bench.wagtail_pages.site"


def installed(name: str) -> bool:
    return bool(os.environ.get("BENCH_PEERS")) and _program(name).exists()


@contextmanager
def datasette():
    with servers.datasette(_program("datasette"), _rows()) as address:
        yield address


@contextmanager
def wagtail():
    def fill(draft: Path) -> None:
        command = [str(_program("python")), "-m", _WAGTAIL, str(_rows())]
        subprocess.run(command, cwd=servers.ROOT, env=os.environ | {"WAGTAIL_DB": str(draft)}, check=True)

    own = {"WAGTAIL_DB": str(_filled("wagtail.db", fill))}
    with servers.wsgi(f"{_WAGTAIL}:application", python=str(_program("python")), **own) as address:
        yield address


def _program(name: str) -> Path:
    return Path(os.environ["BENCH_PEERS"]) / "bin" / name


def _rows() -> Path:
    """The rows of the registry as a SQLite file."""
    return _filled("bench.db", datasette_rows.write)


def _filled(name: str, fill) -> Path:
    """The file of this name, filled once; what breaks off leaves none behind that looks whole."""
    file = Path(os.environ["PORTAL_DATA_DIR"]) / name
    if not file.exists():
        draft = file.with_suffix(".part")
        draft.unlink(missing_ok=True)
        fill(draft)
        draft.replace(file)
    return file
