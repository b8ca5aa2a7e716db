"""Mappings that people saved under a name: for the next file of the same kind, here and at the command line."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from clusterportal.imports.domain.nouns import MERGED, SAID, said_of
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.models import ImportProfile
from clusterportal.imports.rules import may_change_profile, may_import
from clusterportal.intake.profiles import Profile, custom_profile, fold

READING = ("encoding", "delimiter", "sheet", "header")
_COLUMNS = ("mapping", "constants")
_PLACE = ("cluster", "state")
MAPPED = (*_COLUMNS, *SAID, *MERGED)  # what an import understands of a table otherwise than by itself
CHOICE = "saved:"  # before the name of a saved mapping, where it is one choice among others
_FEWEST_HEADINGS = 2  # by which a table is recognised


class Recognised(NamedTuple):
    """A saved mapping that fits a table; `is_whole`: the mapping knows all its headings."""

    profile: ImportProfile
    is_whole: bool


def saved_profile(name: str) -> Profile | None:
    """The saved mapping of actors with this name, as the importing of actors understands it."""
    options = (
        ImportProfile.objects.filter(name=name, noun=ImportNoun.ACTORS)
        .values_list("options", flat=True)
        .first()
    )
    if options is None:
        return None
    reading = {key: options[key] for key in READING if options.get(key)}
    if "header" in reading:
        reading["header"] = tuple(reading["header"])
    return custom_profile(
        name,
        columns=options.get("mapping", {}),
        constants=options.get("constants", {}),
        read_options=reading,
        **said_of(options),
    )


def options_to_keep(options: dict) -> dict:
    """What a saved mapping keeps of the options of an import."""
    kept = (*READING, "format", *MAPPED, *_PLACE)
    return {key: options[key] for key in kept if key in options}


def taken_over(saved: ImportProfile, options: dict, titles: Sequence[str]) -> dict:
    """What an import of a table with these headings takes over from a saved mapping.

    How the file is read only for the same format; headings in whatever spelling.
    """
    is_same_format = saved.options.get("format") == options.get("format")
    reading = {key: saved.options[key] for key in READING if is_same_format and saved.options.get(key)}
    mapped = {key: saved.options.get(key, {}) for key in _COLUMNS}
    columns = {fold(title): column for title, column in mapped["mapping"].items()}
    mapped["mapping"] = {title: columns.get(fold(title), "") for title in titles if title}
    place = {key: saved.options.get(key, "") for key in _PLACE}
    return {**reading, **mapped, **said_of(saved.options), **place, "profile": f"{CHOICE}{saved.name}"}


def recognised(titles: Sequence[str], *, noun: str, by) -> Recognised | None:
    """The saved mapping whose headings a table has, of several the one that names most of them; None for none.

    All headings that a mapping imports have to be there, and more than one. Where the table has columns beside them
    that the mapping has never seen, it only resembles.
    """
    present = {*map(fold, filter(None, titles))}
    best: tuple[int, Recognised] | None = None
    for profile in ImportProfile.objects.visible_to(by).filter(noun=noun):
        mapping = profile.options.get("mapping") or {}
        imported = {fold(title) for title, column in mapping.items() if column}
        if len(imported) < _FEWEST_HEADINGS or not imported <= present:
            continue
        if best is None or len(imported) > best[0]:
            best = len(imported), Recognised(profile, present <= {*map(fold, mapping)})
    return best[1] if best else None


@transaction.atomic
def save_profile(*, name: str, noun: str, options: dict, by) -> ImportProfile:
    """Keep a mapping under `name`; one of that name that `by` may change is replaced. Raises PermissionDenied."""
    if not may_import(by, noun):
        raise PermissionDenied
    profile = ImportProfile.objects.select_for_update().filter(name=name).first()
    if profile and (profile.noun != noun or not may_change_profile(by, profile)):
        raise PermissionDenied(_("There is a profile of this name already. Choose another name."))
    profile = profile or ImportProfile(name=name, noun=noun, by=by)
    profile.options = options
    profile.save()
    return profile
