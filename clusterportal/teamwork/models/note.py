"""What colleagues write to each other about an actor; never public."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor
from clusterportal.core.constraints import printable
from clusterportal.core.models import Timestamped
from clusterportal.history.tracking import tracked
from clusterportal.teamwork.querysets import NoteQuerySet

FOLDER = "attachments"  # under PORTAL_DATA_DIR


def attachment_storage() -> Storage:
    return storages[FOLDER]


@tracked
class Note(Timestamped):
    """An internal note on an actor. With a day or a colleague it is a follow-up, which is done at some time."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="internal_notes", verbose_name=_("actor"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    text = models.TextField(_("note"), max_length=5000)
    due_on = models.DateField(_("follow up on"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("for whom"),
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("done by")
    )

    objects = NoteQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["-created_at", "-pk"]
        verbose_name = pgettext_lazy("internal", "note")
        verbose_name_plural = pgettext_lazy("internal", "notes")
        constraints = [printable("text", table="note")]
        indexes = [
            models.Index(fields=["actor", "-created_at"], name="note_by_actor"),
            models.Index(fields=["assignee", "due_on"], condition=Q(done_at=None), name="note_open"),
        ]

    def __str__(self) -> str:
        first = self.text.strip().partition("\n")[0]
        return first if len(first) <= 80 else f"{first[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("admin:teamwork_note_of", args=[self.actor_id])

    @property
    def is_follow_up(self) -> bool:
        return self.due_on is not None or self.assignee_id is not None

    @property
    def is_open(self) -> bool:
        return self.is_follow_up and self.done_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()


@tracked
class Attachment(Timestamped):
    """A file that belongs to a note: what it is called, and of what kind it is by its content."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="attachments", verbose_name=_("note"))
    # Beside the note, so that its history is narrowed to the actors that a person works with.
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+", verbose_name=_("actor"))
    file = models.FileField(_("file"), upload_to="%Y/%m", storage=attachment_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("kind"), max_length=100)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))

    class Meta(Timestamped.Meta):
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name
