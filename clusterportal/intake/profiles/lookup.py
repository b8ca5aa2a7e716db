"""Profiles by name."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from actors.columns.fields import COLUMNS
from clusterportal.intake.column_values import key_of
from clusterportal.intake.profiles import open_data
from clusterportal.intake.profiles.profile import Profile, fold
from clusterportal.intake.profiles.registry import EXTRA, custom_profile, registry_profile


class UnknownProfile(Exception):
    """There is no profile of this name; the message lists those there are."""


def profile(name: str) -> Profile:
    """The profile of this name: a built-in one, one saved in the admin, or `profiles/<name>.toml`.

    Raises UnknownProfile.
    """
    if make := _BUILT_IN.get(name):
        return make()
    for saved in SAVED:
        if found := saved(name):
            return found
    path = _own_profiles() / f"{name}.toml"
    if name != Path(name).name or not path.is_file():
        own = sorted(file.stem for file in _own_profiles().glob("*.toml"))
        names = {"name": name, "known": ", ".join([*_BUILT_IN, *own]), "place": _own_profiles()}
        raise UnknownProfile(
            _("There is no profile “%(name)s”. Known: %(known)s; others stand in %(place)s.") % names
        )
    return _from_file(name, path)


def _own_profiles() -> Path:
    return settings.PORTAL_DATA_DIR / "profiles"


def _from_file(name: str, path: Path) -> Profile:
    """A profile from a file.

    `replaces` and `fills` list columns, `[columns]` maps headings, `[constants]` hold for every row; `[separators]`,
    `[values.COLUMN]` and `[unknown]` say how cells are parted and what their values stand for (see Profile).
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownProfile(
            _("The profile “%(file)s” cannot be read: %(why)s") % {"file": path, "why": error}
        ) from error
    columns, constants = content.get("columns", {}), content.get("constants", {})
    replaces, fills = content.get("replaces", []), content.get("fills", [])
    said = {name: content.get(name, {}) for name in ("separators", "values", "unknown")}
    named = {*columns.values(), *constants, *replaces, *fills}.union(*said.values())
    if unknown := sorted(named - {*COLUMNS, *EXTRA}):
        names = {"file": path.name, "value": ", ".join(unknown), "known": ", ".join([*EXTRA, *COLUMNS])}
        raise UnknownProfile(_("“%(file)s” names unknown columns: %(value)s. Known: %(known)s.") % names)
    said["values"] = {
        column: {key_of(text): choice for text, choice in values.items()}
        for column, values in said["values"].items()
    }
    return custom_profile(name, columns=columns, constants=constants, replaces=replaces, fills=fills, **said)


def _ror() -> Profile:
    headers = {fold(column): column for column in open_data.ROR_COLUMNS}
    return Profile(
        "ror", open_data.ror_facts, headers, (("ror_id",), ("name",), ("types",)), fills_empty_fields=True
    )


def _offeneregister() -> Profile:
    headers = {fold(word): column for word, column in open_data.OFFENEREGISTER_COLUMNS.items()}
    needed = (
        ("name",),
        ("registrar",),
        ("register_number", "company_number"),
        ("register_type", "company_number"),
    )
    return Profile("offeneregister", open_data.offeneregister_facts, headers, needed, fills_empty_fields=True)


# Functions that look a profile up elsewhere, as in the database: by name, None for unknown.
SAVED: list[Callable[[str], Profile | None]] = []
_BUILT_IN: dict[str, Callable[[], Profile]] = {
    "registry": registry_profile,
    "ror": _ror,
    "offeneregister": _offeneregister,
}
