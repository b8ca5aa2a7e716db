"""The house tests itself: who may import whom, what stands at the top, which templates nobody uses."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "manage.py", "clusterportal", "actors", "layers", "applications", "templates", "static", "fixtures", "tests",
    "pyproject.toml", "README.md", "SECURITY.md", "constraints.txt",
}  # fmt: skip
MOST_LINES, MOST_CHARACTERS = 300, 14_500  # of a file
MOST_SEARCH_LINES = 2000  # of search and facets together, SQL included
MOST_TABLES_OF_DATA = 30  # laid out by hand: `# fmt: skip`


def source_files():
    for folder in ("clusterportal", "actors", "layers", "applications"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_imports_keep_the_law():
    """The contracts stand in pyproject.toml: storeys, steps inside a room, no circles.

    In a process of its own: import-linter takes the logging of its process for itself.
    """
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_import_leaves_its_folder_without_its_name():
    """`from ..` hides which room is meant."""
    walking = [
        module_of(path)
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level > 1
    ]
    assert walking == []


def test_what_the_tests_import_from_each_other_is_there():
    """Commands that run for half an hour are in no test: a name that was changed would be met there only."""
    missing = []
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests."):
                there = names_in(ROOT / node.module.replace(".", "/"))
                missing += [f"{path}: {one.name}" for one in node.names if one.name not in there]
    assert missing == []


@cache
def names_in(place: Path) -> set[str]:
    """What `from PLACE import …` can name: modules of a folder, and what a file binds at its top."""
    file = place.with_suffix(".py") if place.with_suffix(".py").exists() else place / "__init__.py"
    bound = {one.stem for one in place.iterdir()} if place.is_dir() else set()
    for node in ast.walk(ast.parse(file.read_text() if file.exists() else "")):
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                bound.add(node.name)
            case ast.Name(ctx=ast.Store()):
                bound.add(node.id)
            case ast.ImportFrom() | ast.Import():
                bound |= {one.asname or one.name for one in node.names}
    return bound


def test_every_room_and_every_module_of_the_roof_has_a_storey():
    law = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    storeys = {room.strip() for line in law["layers"] for room in re.split("[|:]", line)}
    modules = [module_of(path).split(".") for path in source_files()]
    rooms = {".".join(parts[: 1 + (parts[0] == "clusterportal")]) for parts in modules}
    assert (
        rooms - {"clusterportal", "clusterportal.formats"} == storeys
    )  # formats: how dates are written, for Django


def test_a_late_import_says_why():
    """An import inside a function has a comment above it or beside it; `ready()` of an app needs none."""
    silent = []
    for path in source_files():
        if path.name == "apps.py":
            continue
        lines = path.read_text().splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and node.col_offset:
                near = "\n".join(lines[max(node.lineno - 3, 0) : node.lineno])
                if "# " not in near:
                    silent.append(f"{module_of(path)}:{node.lineno}")
    assert silent == []


def test_published_is_asked_one_way():
    """By `published()` and `public()` of querysets, which stand on `is_published()` and `is_public_cluster()`."""
    spelt = [
        f"{module_of(path)}:{node.lineno}"
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"Q", "filter", "exclude", "get"}
        for one in node.keywords
        if (one.arg or "").split("__")[-1] == "state"
        and ast.unparse(one.value).strip("'").split(".")[-1].lower() == "published"
    ]
    assert spelt == []


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
        and f'"{name}"' not in everything
        and f"'{name}'" not in everything
    }
    assert unused == set()


@pytest.mark.parametrize("pattern", ["*.py", "*.html", "*.css", "*.js", "*.sql"])
def test_files_stay_short(pattern):
    """In lines and in characters, so that nobody joins lines to stay short."""
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    long = {}
    for name in listed.splitlines():
        text = (ROOT / name).read_text() if (ROOT / name).exists() and "/migrations/" not in name else ""
        if text.count("\n") > MOST_LINES or len(text) > MOST_CHARACTERS:
            long[name] = (text.count("\n"), len(text))
    assert long == {}


def test_search_and_facets_stay_one_small_engine():
    files = [path for room in ("search", "facets") for path in (ROOT / "actors" / room).rglob("*.*")]
    lines = sum(path.read_text().count("\n") for path in files if path.suffix in {".py", ".sql"})
    assert lines <= MOST_SEARCH_LINES


def test_tables_of_data_alone_are_laid_out_by_hand():
    marked = [path for path in source_files() for _one in re.finditer("# fmt: (skip|off)", path.read_text())]
    assert len(marked) <= MOST_TABLES_OF_DATA


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
