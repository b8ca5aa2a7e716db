"""An atlas is set as a whole; only when that fails, each profile alone, so that none blocks the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from clusterportal.atlas.domain import faces
from clusterportal.atlas.domain.content import Gathered, without
from clusterportal.atlas.domain.texts import plain
from clusterportal.atlas.domain.typesetting import CannotSet, Document, failing, typeset


@dataclass
class Report:
    """What a reader of the document has to know: sentences."""

    left_out: list[str] = field(default_factory=list)  # profiles that cannot be set, with the reason
    missing: list[str] = field(default_factory=list)  # characters that no face has, with where they stand
    without_logo: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        logos = [_("The logo of %(actor)s is lost or broken.") % {"actor": one} for one in self.without_logo]
        return [*self.left_out, *self.missing, *logos]


def make(
    gathered: Gathered, *, name: str = "atlas", on_setting: Callable[[], None] = lambda: None
) -> tuple[Document, Report]:
    """The document, and what it lacks. Raises CannotSet where not even the rest can be set."""
    report = Report(without_logo=gathered.without_logo)
    gathered.content = readable(gathered.content, report)
    on_setting()
    try:
        return typeset(name, gathered.content, gathered.pictures), report
    except CannotSet as whole:
        if not gathered.content.get("profiles"):
            raise
        alone = gathered.content | {"ids": []}  # nobody else is there to be linked to
        refused = failing("single", alone, gathered.pictures)
        if not refused or name == "single":
            raise whole
    for place, reason in refused.items():
        who = plain(gathered.content["profiles"][place]["name"])
        report.left_out.append(_("%(actor)s could not be set: %(reason)s") % {"actor": who, "reason": reason})
    names = [plain(gathered.content["profiles"][place]["name"]) for place in refused]
    return typeset(name, without(gathered, set(refused), names), gathered.pictures), report


def readable(content: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """`content` with a note for every character that no face has; `report` names them."""
    missing = faces.missing_in(_letters(content))
    if not missing:
        return faces.with_marks(dict(content), missing)
    profiles = []
    for profile in content.get("profiles", []):
        lacking = missing & set(_letters(profile))
        if lacking:
            report.missing.append(
                _("%(actor)s: the faces lack %(characters)s.")
                % {"actor": plain(profile["name"]), "characters": _named(lacking)}
            )
            note = _("Characters that the faces of this document lack stand as a note in square brackets.")
            profile = profile | {"lacking": note}
        profiles.append(profile)
    rest = {key: value for key, value in content.items() if key != "profiles"}
    if "profiles" not in content:
        report.missing.append(_("The faces lack %(characters)s.") % {"characters": _named(missing)})
        return faces.with_marks(rest, missing)
    return faces.with_marks(rest | {"profiles": profiles}, missing)


def _letters(content: Any) -> str:
    """All texts of `content`, one behind the other."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return "".join(map(_letters, content.values()))
    return "".join(map(_letters, content)) if isinstance(content, list | tuple) else ""


def _named(characters: frozenset[str]) -> str:
    """ "漢 (U+6F22), 字 (U+5B57)"; the first twelve."""
    shown = [
        f"{one} (U+{ord(one):04X})" if one.isprintable() else f"U+{ord(one):04X}"
        for one in sorted(characters)
    ]
    more = [_("and %(number)d more") % {"number": len(shown) - 12}] if len(shown) > 12 else []
    return ", ".join(shown[:12] + more)
