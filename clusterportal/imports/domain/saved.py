"""Mappings that people saved under a name: for the next file of the same kind, here and at the command line."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.models import ImportProfile
from clusterportal.imports.rules import may_change_profile, may_import
from clusterportal.intake.profiles import Profile, custom_profile

READING = ("encoding", "delimiter", "sheet", "header")


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
        replaces=options.get("replaces", []),
    )


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
