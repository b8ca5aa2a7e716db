"""Files that belong to notes: what is kept is told by its content, whatever it is called."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clusterportal.core.kept_files import BadFile, take_in
from clusterportal.teamwork.models import Attachment, Note

MOST_OF_A_NOTE = 10


def keep(*, file: UploadedFile, note: Note) -> Attachment:
    """Store a file with its note; the caller has checked who may. Raises BadFile."""
    if note.attachments.count() >= MOST_OF_A_NOTE:
        raise BadFile(_("A note takes at most %(count)d files.") % {"count": MOST_OF_A_NOTE})
    attachment = Attachment(note=note, actor_id=note.actor_id)
    take_in(attachment, file)
    attachment.save()
    return attachment
