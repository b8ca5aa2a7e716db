"""`manage.py load_texts FOLDER`: load the editable pages from Markdown files."""

from pathlib import Path

import pghistory

from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.management.file_commands import FolderCommand
from clusterportal.pages.models import TextPage


class Command(FolderCommand):
    help = "Load editable pages from files like imprint.de.md. Pages that exist are left as the managers made them."

    def handle_folder(self, folder: Path, **options):
        present = set(TextPage.objects.values_list("slug", flat=True))
        names = sorted({path.name.split(".")[0] for path in folder.glob("*.*.md")} - present)
        with pghistory.context(command="load_texts"):
            TextPage.objects.bulk_create(_page(folder, name) for name in names)
        self.stdout.write(f"text pages: {len(names)} new")


def _page(folder: Path, name: str) -> TextPage:
    page = TextPage(slug=name)
    for code in LANGUAGE_CODES:
        path = folder / f"{name}.{code}.md"
        if path.exists():
            title, _newline, body = path.read_text(encoding="utf-8").partition("\n")
            setattr(page, f"title_{code}", title.lstrip("# ").strip())
            setattr(page, f"body_{code}", body.strip("\n"))
    return page
