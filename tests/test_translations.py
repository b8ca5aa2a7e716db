"""German is complete: every message of code and templates has its translation, and the compiled file is current."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from clusterportal.unfold_words import WORDS
from tests.markup import markup_of

CATALOGUE = settings.BASE_DIR / "clusterportal" / "locale" / "de" / "LC_MESSAGES" / "django.po"
needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="Debian's gettext is not installed")


@needs_gettext
def test_every_message_is_translated(tmp_path):
    """A fresh extraction finds no message that the catalogue lacks, and no unsure or empty translation."""
    work = tmp_path / "work"
    ignore = shutil.ignore_patterns(".venv", ".portal", ".git", "__pycache__", "tests")
    shutil.copytree(settings.BASE_DIR, work, ignore=ignore)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "de", "--no-location", "--ignore=tests",
         "-e", "html,txt,py,svg"],
        cwd=work, check=True, capture_output=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "clusterportal.settings"},  # the suite's own stay behind
    )  # fmt: skip
    fresh = work / CATALOGUE.relative_to(settings.BASE_DIR)
    for selection in ("--untranslated", "--only-fuzzy"):
        lacking = subprocess.run(
            ["msgattrib", selection, "--no-obsolete", str(fresh)], capture_output=True, text=True, check=True
        ).stdout
        assert lacking == ""


@needs_gettext
@pytest.mark.parametrize("catalogue", sorted(CATALOGUE.parents[2].glob("*/LC_MESSAGES/django.po")), ids=str)
def test_the_compiled_catalogue_is_current(tmp_path, catalogue):
    """Of a language that is not complete too: what it lacks stands in English."""
    compiled = tmp_path / "django.mo"
    subprocess.run(
        ["msgfmt", "--check", "-o", str(compiled), str(catalogue)], check=True, capture_output=True
    )
    assert compiled.read_bytes() == catalogue.with_suffix(".mo").read_bytes()


FAMILIAR = re.compile(r"\b(du|dein\w*|dir|dich|gib|wähle|bitte gib)\b", re.I)


@pytest.mark.parametrize("words", WORDS)
def test_words_of_libraries_are_ours(words):
    """Not in English, and people are addressed as everywhere else."""
    with translation.override("de"):
        german = gettext(words)
    assert not FAMILIAR.search(german)
    assert german != words or words in SAME_IN_GERMAN


SAME_IN_GERMAN = {"System"}


@pytest.mark.parametrize("path", ["/de/konto/password/reset/", "/de/konto/login/"])
def test_account_pages_say_sie(client, db, path):
    assert not FAMILIAR.search(re.sub(r"<[^>]*>", " ", markup_of(client.get(path))))
