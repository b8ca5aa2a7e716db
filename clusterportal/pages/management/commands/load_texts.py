"""`manage.py load_texts FOLDER`: load the editable pages from Markdown files, the glossary from a table."""

import csv
from pathlib import Path

import pghistory
from django.core.management.base import CommandError
from django.db import models
from django.utils.translation import gettext as _

from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.core.management.file_commands import FolderCommand
from clusterportal.pages.models import GlossaryEntry, TextPage

GLOSSARY = "glossary.csv"


class Command(FolderCommand):
    help = (
        "Load editable pages from files like imprint.de.md, and words from glossary.csv. What exists is left as the "
        "managers made it."
    )

    def handle_folder(self, folder: Path, **options):
        names = sorted({path.name.split(".")[0] for path in folder.glob("*.*.md")} - _present(TextPage))
        words = _words(folder / GLOSSARY)
        with pghistory.context(command="load_texts"):
            TextPage.objects.bulk_create(_page(folder, name) for name in names)
            GlossaryEntry.objects.bulk_create(words)
        self.stdout.write(f"text pages: {len(names)} new")
        if words:
            self.stdout.write(f"glossary: {len(words)} new")


def _present(model: type[models.Model]) -> set[str]:
    return set(model._default_manager.values_list("slug", flat=True))


def _page(folder: Path, name: str) -> TextPage:
    page = TextPage(slug=name)
    for code in LANGUAGE_CODES:
        path = folder / f"{name}.{code}.md"
        if path.exists():
            title, _newline, body = path.read_text(encoding="utf-8").partition("\n")
            setattr(page, f"title_{code}", title.lstrip("# ").strip())
            setattr(page, f"body_{code}", body.strip("\n"))
    return page


def _words(path: Path) -> list[GlossaryEntry]:
    """The words that are not there yet. Columns of languages that the portal does not have are passed over."""
    if not path.exists():
        return []
    columns = {*column_names("term"), *column_names("definition")}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if any(not row.get("slug") for row in rows):
        raise CommandError(_("“%(file)s” has a row without a slug.") % {"file": path})
    present = _present(GlossaryEntry)
    return [
        GlossaryEntry(slug=row["slug"], **{name: row[name] or "" for name in columns & row.keys()})
        for row in rows
        if row["slug"] not in present
    ]
