"""What a recipe does to the files of a copy."""

from pathlib import Path
from typing import NamedTuple


class Insert(NamedTuple):
    """`text` goes into the file `path`, before or behind the first place that says `before` or `after`."""

    path: str
    text: str
    before: str = ""
    after: str = ""

    def apply(self, root: Path) -> None:
        file = root / self.path
        content = file.read_text(encoding="utf-8")
        place = self.before or self.after
        assert place in content, f"{self.path} no longer says {place!r}: the recipe needs another place"
        whole = f"{self.text}{place}" if self.before else f"{place}{self.text}"
        file.write_text(content.replace(place, whole, 1), encoding="utf-8")


class NewFile(NamedTuple):
    path: str
    text: str

    def apply(self, root: Path) -> None:
        (root / self.path).write_text(self.text, encoding="utf-8")
