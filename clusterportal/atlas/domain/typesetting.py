"""Documents are set by Typst in a process of its own: the memory goes with it, and one that hangs is ended."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

SOURCES = Path(__file__).resolve().parent.parent / "typst"
MOST_SECONDS = 900  # by the clock; of the processor it may take less (typesetting_process)
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ")


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
    with TemporaryDirectory(prefix="atlas-") as folder:
        answer = _run(Path(folder), name, content, pictures or {}, task="whole")
        if answer["errors"]:
            raise Refused(*answer["errors"][0])
        return Document((Path(folder) / "out.pdf").read_bytes(), answer["pages"])


def failing(name: str, content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[int, str]:
    """The records of `content["profiles"]` that cannot be set alone: by their place, with what Typst said."""
    with TemporaryDirectory(prefix="atlas-") as folder:
        answer = _run(Path(folder), name, content, pictures, task="each")
        return {place: message for place, message in enumerate(answer["said"]) if message}


def _run(
    folder: Path, name: str, content: Mapping[str, Any], pictures: Mapping[str, bytes], *, task: str
) -> dict[str, Any]:
    for source in SOURCES.glob("*.typ"):
        copyfile(source, folder / source.name)
    (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False))
    for file, picture in pictures.items():
        (folder / file).write_bytes(picture)
    command = [sys.executable, "-m", "clusterportal.atlas.domain.typesetting_process"]
    environment = {one: os.environ[one] for one in _PASSED_ON if one in os.environ}  # no secrets
    environment |= {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}  # a tenth less memory, and no slower
    number = len(content["profiles"]) if task == "each" else 0
    try:
        done = subprocess.run(
            [*command, str(folder), name, str(settings.PDF_FONTS or ""), str(number)],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotSet(f"It took more than {MOST_SECONDS} seconds.") from error
    if done.returncode:
        raise CannotSet(
            f"The process ended with {done.returncode}.", done.stderr.decode(errors="replace")[-2000:]
        )
    return json.loads(done.stdout)
