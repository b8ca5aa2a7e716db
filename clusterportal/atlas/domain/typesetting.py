"""Documents are set by Typst in a process of its own: the memory goes with it, and one that hangs is ended."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from clusterportal.tables.sandbox import plain_environment

SOURCES = Path(__file__).resolve().parent.parent / "typst"
PROCESS = "clusterportal.atlas.domain.typesetting_process"
MOST_BREAKS = 5  # records at which the process may break off before the others are given up
MOST_SECONDS = 900  # by the clock; of the processor it may take less (typesetting_process)
# What is given back goes back to the system at once: an atlas of 300 profiles takes a tenth less memory, and no longer.
_SPARING = {
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "4096",
    "MALLOC_TOP_PAD_": "0",
}


class CannotSet(Exception):
    """The document is not there; `detail` is all that was said."""

    def __init__(self, message: str, detail: str = ""):
        super().__init__(message)
        self.detail = detail or message


class Refused(CannotSet):
    """Typst refused what stands in the document."""


@dataclass(frozen=True)
class Document:
    """A PDF, and the number of its pages."""

    pdf: bytes
    pages: int


def typeset(name: str, content: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> Document:
    """`typst/NAME.typ` with its content and the pictures that this names, as PDF/UA-1. Raises CannotSet."""
    with TemporaryDirectory(prefix="atlas-") as place:
        folder = Path(place)
        _prepare(folder, content, pictures or {})
        done = _process(folder, name)
        if done.returncode:
            raise CannotSet(
                f"The process ended with {done.returncode}.", done.stderr.decode(errors="replace")[-2000:]
            )
        answer = json.loads(done.stdout)
        if answer["errors"]:
            raise Refused(*answer["errors"][0])
        return Document((folder / "out.pdf").read_bytes(), answer["pages"])


def failing(name: str, content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[int, str]:
    """The records of `content["profiles"]` that cannot be set alone: by their place, with what Typst said.

    One at which the process breaks off is named too, and a new process goes on behind it. Raises CannotSet where that
    happens too often: then it is not the records.
    """
    found: dict[int, str] = {}
    begin, number, breaks = 0, len(content["profiles"]), 0
    with TemporaryDirectory(prefix="atlas-") as place:
        folder = Path(place)
        _prepare(folder, content, pictures)
        while begin < number:
            done = _process(folder, name, records=range(begin, number))
            said = [json.loads(line) for line in done.stdout.splitlines()]
            found |= {begin + offset: message for offset, message in enumerate(said) if message}
            begin += len(said)
            if begin < number:
                breaks += 1
                if breaks > MOST_BREAKS:
                    raise CannotSet(f"The process ended with {done.returncode}, again and again.")
                found[begin] = _("the program that sets it broke off")
                begin += 1
    return found


def _prepare(folder: Path, content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> None:
    for source in SOURCES.glob("*.typ"):
        copyfile(source, folder / source.name)
    (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False))
    for file, picture in pictures.items():
        (folder / file).write_bytes(picture)


def _process(folder: Path, name: str, *, records: range = range(0)) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", PROCESS, str(folder), name, str(settings.PDF_FONTS or "")]
    environment = plain_environment()
    environment |= _SPARING
    try:
        return subprocess.run(
            [*command, str(records.start), str(records.stop)],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotSet(f"It took more than {MOST_SECONDS} seconds.") from error
