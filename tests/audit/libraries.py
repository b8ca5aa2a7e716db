"""The libraries that pyproject.toml names, and those that they bring along, as installed here."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent


def named() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [one for group in project["optional-dependencies"].values() for one in group]
    return [Requirement(one) for one in (*project["dependencies"], *extras)]


def installed() -> dict[str, Distribution]:
    """By canonical name. What only other systems need, or nobody installed (an extra), is not among them."""
    found: dict[str, Distribution] = {}
    todo = [(one, frozenset(one.extras)) for one in named()]
    asked = set()
    while todo:
        requirement, extras = todo.pop()
        name = canonicalize_name(requirement.name)
        if (name, extras) in asked:
            continue
        asked.add((name, extras))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        todo += _needs(found[name], extras)
    return dict(sorted(found.items()))


def _needs(library: Distribution, extras: frozenset[str]) -> Iterator[tuple[Requirement, frozenset[str]]]:
    for line in library.requires or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield need, frozenset(need.extras)
