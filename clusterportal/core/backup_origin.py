"""Which portal made a backup, and whether this one can read it: only one with the very same migrations can."""

from importlib.metadata import PackageNotFoundError, version

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FORMAT = 1  # of the archive
_NAMED = 3  # migrations that a refusal names


def origin() -> dict:
    """What the manifest of a backup says of the portal that makes it."""
    return {
        "format": FORMAT,
        "version": portal_version(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "migrations": _migrations(),
    }


def refusal(manifest: dict) -> str:
    """Why this portal cannot read a backup with this manifest, and what to do; empty when it can.

    Raises KeyError where the manifest is none of ours.
    """
    own, theirs = set(_migrations()), set(manifest["migrations"])
    if manifest["format"] == FORMAT and own == theirs:
        return ""
    made_by = f"version {manifest['version']}" if "version" in manifest else "an earlier version"
    made_on = f" on {manifest['made_at'][:10]}" if "made_at" in manifest else ""
    differences = [
        f"{what} {', '.join(sorted(names)[-_NAMED:])}"
        for what, names in (("unknown here:", theirs - own), ("missing there:", own - theirs))
        if names
    ]
    way = (
        "then `manage.py up` of this version upgrades its database, and a new backup fits"
        if theirs <= own
        else "from there, export_actors and import_actors bring its actors here"
    )
    return (
        f"The backup was made by {made_by} of the portal{made_on}, and this is version {portal_version()} with other "
        f"migrations ({'; '.join(differences) or 'another format'}). Restore it with the version that made it; {way}."
    )


def portal_version() -> str:
    try:
        return version("clusterportal")
    except PackageNotFoundError:
        return "unknown"  # run from a checkout that was never installed


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
