"""How templates are written: formatted by djade, short lines, a block of logic begins its line."""

import re
import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
LONGEST = 140  # characters of a line
SOURCES = {  # of each module, by its dotted name
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text()
    for package in ("actors", "applications", "clusterportal", "layers")
    for path in sorted((ROOT / package).rglob("*.py"))
}
_COMMENT = re.compile(r"\{% comment %\}(.*?)\{% endcomment %\}", re.DOTALL)
_DOTTED = re.compile(r"\b[a-z]\w*(?:\.\w+)+\b")
_NO_MODULE = re.compile(r"request\..*|.*\.(?:html|js|org|py)")  # an attribute, files and schema.org
_BLOCK = re.compile(r"\{% (end)?(if|for|with|block|blocktranslate)\b.*?%\}")


def _lines():
    """Where each line of the templates stands, and its text."""
    for path in TEMPLATES:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def _left_open(line: str):
    """The tags that open a block on this line and do not close it here."""
    is_open = []
    for tag in _BLOCK.finditer(line):
        if not tag[1]:
            is_open.append(tag)
        elif is_open:
            is_open.pop()
    return is_open


def test_djade_would_change_nothing():
    djade = Path(sysconfig.get_path("scripts")) / "djade"
    checked = subprocess.run(
        [djade, "--check", *TEMPLATES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, "")


def test_lines_are_short():
    assert {place: len(line) for place, line in _lines() if len(line) > LONGEST} == {}


def test_a_block_of_several_lines_begins_its_line():
    """Where a blank would be seen, as before a comma, the tag stands close to what is before it."""
    hidden = [
        place
        for place, line in _lines()
        if any(line[: tag.start()].strip() and line[tag.start() - 1].isspace() for tag in _left_open(line))
    ]
    assert hidden == []


def test_no_blank_stands_behind_the_hidden_words_of_a_control():
    """In a flex box or a grid it would be an item of its own, and move the words that are seen."""
    hidden = re.compile(r'<span class="(?:vh|ap-unseen)">[^<]*</span>\s+</(?:a|button|label)>')
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in TEMPLATES
        if (hits := hidden.findall(path.read_text()))
    }
    assert found == {}


def test_every_template_says_on_top_what_it_is():
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES
        if path.suffix != ".txt"
        and not re.match(r'(\{% extends "[^"]*" %\}\n)?\{% comment %\}', path.read_text())
    ]
    assert silent == []


def _is_known(name: str) -> bool:
    """Whether it is the end of a module's name, or that and what stands at the top of the module."""
    module, _dot, defined = name.rpartition(".")
    definition = re.compile(
        rf"^(?:(?:class|def) {defined}\b|{defined} = |from .* import .*\b{defined}\b)", re.MULTILINE
    )
    return any(
        f".{dotted}".endswith(f".{name}")
        or (f".{dotted}".endswith(f".{module}") and definition.search(source))
        for dotted, source in SOURCES.items()
    )


def test_modules_and_classes_that_templates_name_are_there():
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in TEMPLATES
        for comment in _COMMENT.findall(path.read_text())
        for name in _DOTTED.findall(comment)
        if not _NO_MODULE.fullmatch(name)
    }
    assert len(named) > 100
    assert sorted(one for one in named if not _is_known(one[1])) == []
