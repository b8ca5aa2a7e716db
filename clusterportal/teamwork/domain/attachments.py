"""Files that belong to notes: what is kept is told by its content, whatever it is called."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clusterportal.core.kept_files import BadFile, checked
from clusterportal.history import unused_files
from clusterportal.history.unused_files import KEPT_FOR
from clusterportal.teamwork.models import Attachment, Note
from clusterportal.teamwork.models.note import attachment_storage

MOST_OF_A_NOTE = 10


def keep(*, file: UploadedFile, note: Note) -> Attachment:
    """Store a file with its note; the caller has checked who may. Raises BadFile."""
    if note.attachments.count() >= MOST_OF_A_NOTE:
        raise BadFile(_("A note takes at most %(count)d files.") % {"count": MOST_OF_A_NOTE})
    name, media_type, ending = checked(file)
    attachment = Attachment(
        note=note, actor_id=note.actor_id, name=name, media_type=media_type, size=file.size or 0
    )
    # A name that nobody can guess, and that holds no person's.
    attachment.file.save(f"{uuid4().hex}{ending}", file, save=False)
    attachment.save()
    return attachment


def forget_unused_files(kept_for: timedelta = KEPT_FOR) -> int:
    """Delete the files whose attachment is gone for longer than `kept_for`; returns how many."""
    return unused_files.forget_unused_files(Attachment, attachment_storage(), kept_for)
