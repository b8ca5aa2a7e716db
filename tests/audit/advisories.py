"""Known weaknesses: asked of the public advisories by pip-audit where it reaches them, else of the list beside this.

The list holds, for libraries of this portal, the versions in which published weaknesses were mended. It is no
substitute for asking, and says of which day it is.
"""

import csv
import subprocess
import sys
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

from packaging.version import Version

KNOWN = Path(__file__).with_name("advisories.csv")
_PATIENCE = 120  # seconds


def known() -> list[dict[str, str]]:
    with KNOWN.open(newline="") as file:
        return list(csv.DictReader(file))


def day_of_the_list() -> str:
    return max(row["noted_on"] for row in known())


def by_the_list(libraries: dict[str, Distribution]) -> list[str]:
    """A sentence for each installed library that is older than the version that mended a weakness."""
    return [
        f"{row['library']} {libraries[row['library']].version}: {row['advisory']}, mended in {row['mended_in']}"
        for row in known()
        if row["library"] in libraries
        and Version(libraries[row["library"]].version) < Version(row["mended_in"])
    ]


def by_asking(libraries: dict[str, Distribution]) -> list[str] | None:
    """What pip-audit finds; None where it is not installed or reaches nobody."""
    if not find_spec("pip_audit"):
        return None
    pins = "".join(f"{name}=={library.version}\n" for name, library in libraries.items())
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        "/dev/stdin",
        "--no-deps",
        "--disable-pip",
        "--strict",
    ]
    try:
        done = subprocess.run(command, input=pins, capture_output=True, text=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == 0:
        return []
    found = [line for line in done.stdout.splitlines() if line.strip()]
    return found or None  # without a table it could not ask
