"""The house tests itself: who may import whom, what stands at the top, which templates nobody uses."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "manage.py", "clusterportal", "actors", "layers", "applications", "templates", "static", "fixtures", "tests",
    "pyproject.toml", "README.md", "SECURITY.md", "constraints.txt",
}  # fmt: skip

# Storey by room; imports look down only, and rooms of one storey do not know each other.
STOREYS = {
    "clusterportal.core": 0,
    "clusterportal.tables": 0,
    "clusterportal.accounts": 1,
    "clusterportal.history": 1,
    "layers": 2,
    "applications": 2,
    "clusterportal.clusters": 2,
    "clusterportal.places": 2,
    "actors": 3,
    "clusterportal.intake": 4,
    "clusterportal.imports": 6,
    "clusterportal.management": 6,
    "clusterportal.newsroom": 6,
    "clusterportal.partners": 6,
    "clusterportal.review": 6,
    "clusterportal.quality": 5,
    "clusterportal.pages": 7,
    "clusterportal.api": 7,
    "clusterportal": 8,
}

# Inside a room: what a module stands on must stand to its left.
STEPS = [
    "enums",
    "validators",
    "rules",
    "querysets",
    "models",
    "columns",
    "domain",
    "filters",
    "forms",
    "resources",
]


def source_files():
    for folder in ("clusterportal", "actors", "layers", "applications"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def room_of(module: str) -> str | None:
    return next(
        (room for room in sorted(STOREYS, key=len, reverse=True) if f"{module}.".startswith(f"{room}.")), None
    )


def imports_of(path: Path):
    """Modules imported by a file, at whatever depth: a late import is still an import."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def upward_imports():
    for path in source_files():
        own = room_of(module_of(path))
        for imported in imports_of(path):
            other = room_of(imported)
            if other and other != own and STOREYS[other] >= STOREYS[own]:
                yield f"{module_of(path)} imports {imported}"


def test_imports_look_down_only():
    assert sorted(upward_imports()) == []


def test_no_import_leaves_its_folder_without_its_name():
    """`from ..` would walk past the law above."""
    walking = [
        module_of(path)
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level > 1
    ]
    assert walking == []


def test_every_room_has_a_storey():
    rooms = {module_of(path.parent / "__init__.py") for path in source_files() if path.name == "apps.py"}
    assert rooms <= set(STOREYS)


def backward_steps():
    for path in source_files():
        parts = module_of(path).split(".")
        room = room_of(module_of(path))
        inside = parts[len(room.split(".")) :]
        if not inside or inside[0] not in STEPS:
            continue
        for node in ast.parse(
            path.read_text()
        ).body:  # a late import inside a function is a door, not a foundation
            if isinstance(node, ast.ImportFrom) and node.module and room_of(node.module) == room:
                target = node.module.split(".")[len(room.split(".")) :]
                if target and target[0] in STEPS and STEPS.index(target[0]) > STEPS.index(inside[0]):
                    yield f"{module_of(path)} imports {node.module}"


def test_inside_a_room_each_module_stands_on_the_ones_before():
    assert sorted(backward_steps()) == []


def test_top_level_is_what_was_agreed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    present = {line.split("/")[0] for line in listed.splitlines()}
    if not present:
        pytest.skip("not a git checkout")
    assert {name for name in present if not name.startswith(".")} == TOP


def test_no_drawer_for_odds_and_ends():
    drawers = [
        module_of(path) for path in source_files() if path.stem in {"utils", "helpers", "common", "misc"}
    ]
    assert drawers == []


def test_every_template_is_used():
    templates = {
        path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")
    }
    texts = [path.read_text() for path in source_files()]
    texts += [path.read_text() for path in (ROOT / "templates").rglob("*.*")]
    everything = "\n".join(texts)
    by_name = {"400.html", "403.html", "404.html", "500.html", "base.html"}  # found by Django itself
    unused = {
        name
        for name in templates - by_name
        if not name.startswith(("admin/", "account/", "allauth/", "unfold/"))
        and not re.search(rf"""["']{re.escape(name)}["']""", everything)
    }
    assert unused == set()


@pytest.mark.parametrize("pattern", ["*.py", "*.html", "*.css", "*.js"])
def test_files_stay_short(pattern):
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    long = {
        name: lines
        for name in listed.splitlines()
        if "/migrations/" not in name and (lines := (ROOT / name).read_text().count("\n")) > 300
    }
    assert long == {}


def test_the_hashed_requirements_are_those_of_the_constraints():
    pinned = {_plain(line) for line in (ROOT / "constraints.txt").read_text().split()}
    hashed = (ROOT / ".ci" / "requirements-hashed.txt").read_text()
    named = {_plain(line.split(" ")[0]) for line in hashed.splitlines() if line[:1].isalnum()}
    assert named - pinned <= {"colorama==0.4.6"}  # of other systems than the one that is tested
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[\w-]+", one)[0] for one in wanted}
    assert names <= {one.split("==")[0] for one in named}


def _plain(pin: str) -> str:
    """A pin with its name as packages are compared: lower case, hyphens."""
    return pin.lower().replace("_", "-")
