"""The files of pictures, looked after by night: names nobody can guess, copies of what is shown, nothing of no use."""

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath

import pghistory.models
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clusterportal.core.pictures import FOLDER, copy_names, make_copies, picture_fields

KEPT_FOR = timedelta(
    days=30
)  # after a record let go of a picture: so long a change can be taken back with it
_RANDOM = re.compile(r"[0-9a-f]{32}")


def tidy_pictures() -> None:
    """Everything of the night; one picture that is lost or broken is no reason to leave the others."""
    renew_old_pictures()
    forget_unused_pictures()
    tidy_copies()


def renew_old_pictures() -> int:
    """Clean and rename the pictures that came before names were random, or by another way; returns how many."""
    count = 0
    for model, field in picture_fields():
        for record in model._base_manager.exclude(**{field.name: ""}).order_by("pk"):
            name = getattr(record, field.attname).name
            if not _RANDOM.fullmatch(PurePosixPath(name).stem):
                with suppress(OSError, ValidationError):
                    unchanged = model._base_manager.filter(**{"pk": record.pk, field.name: name})
                    count += unchanged.update(**{field.name: field.renewed(record)})
    return count


def forget_unused_pictures(kept_for: timedelta = KEPT_FOR) -> int:
    """Delete the files that no record shows and none showed within `kept_for`; returns how many."""
    count = 0
    for folder, (storage, names, _sizes) in _in_use().items():
        with suppress(FileNotFoundError):
            for file in storage.listdir(folder)[1]:
                name = f"{folder}/{file}"
                lately = timezone.now() - kept_for
                is_new = storage.get_modified_time(name) > lately  # of a form that is being saved just now
                if name not in names and not is_new and not _was_shown_since(name, lately):
                    storage.delete(name)
                    count += 1
    return count


def tidy_copies() -> None:
    """Make the copies that lack, of pictures that came by another way than the form, and remove those of no use."""
    for folder, (storage, names, sizes) in _in_use().items():
        for name in names:
            with suppress(OSError, ValidationError):
                make_copies(storage, name, sizes)
        wanted = {PurePosixPath(copy).name for name in names for copy in copy_names(name, sizes)}
        with suppress(FileNotFoundError):
            for copy in set(storage.listdir(f"{folder}/{FOLDER}")[1]) - wanted:
                storage.delete(f"{folder}/{FOLDER}/{copy}")


def _in_use() -> dict[str, tuple]:
    """The storage, the names of all pictures that records have today, and their sizes, by folder."""
    found: dict[str, tuple] = {}
    for model, field in picture_fields():
        names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
        folder = str(PurePosixPath(field.upload_to))
        found.setdefault(folder, (field.storage, set(), field.sizes))[1].update(names)
    return found


def _was_shown_since(name: str, moment) -> bool:
    """Whether a record let go of the picture after `moment`: by another version, or by being deleted."""
    for event_model in _event_models():
        for field in (one for one in event_model._meta.local_fields if isinstance(one, models.ImageField)):
            later = event_model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_created_at__gt=moment)
            left = later.filter(
                ~Q(**{field.name: name}) | Q(pgh_label="delete"), pgh_id__gte=OuterRef("pgh_id")
            )
            if event_model.objects.filter(Exists(left), **{field.name: name}).exists():
                return True
    return False


def _event_models():
    return (model for model in apps.get_models() if issubclass(model, pghistory.models.Event))
