"""The revision of the public data, and the base of all records whose changes count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.core.models import Timestamped


def raises_revision(*, is_public: bool = False) -> pgtrigger.Trigger:
    """A trigger that raises the revision when the transaction that changed the table commits.

    `is_public`: whatever is written there changes what the public sees of actors.
    """
    mark = "public" if is_public else "revision"
    return pgtrigger.Trigger(
        name="raise_revision",
        level=pgtrigger.Statement,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        when=pgtrigger.After,
        func=f"PERFORM registry_mark_{mark}(); RETURN NULL;",
    )


FROZEN = "frozen"  # the trigger of records that never change; erasing a person passes it


def frozen(*, besides: Collection[str] = ()) -> pgtrigger.Trigger:
    """For models whose rows stay as they were written; the columns `besides` may change."""
    return pgtrigger.Protect(
        name=FROZEN,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=["updated_at", *besides]),
    )


def is_news_of_all(*columns: str, where: str = "true") -> pgtrigger.Trigger:
    """A trigger for records that actors name: a change of one of `columns` counts as a change of every actor."""
    return pgtrigger.Trigger(
        name="tell_of_all",
        operation=pgtrigger.UpdateOf(*columns),
        when=pgtrigger.After,
        condition=pgtrigger.AnyChange(*columns),
        func=f"IF {where} THEN PERFORM registry_mark_public(true); END IF; RETURN NULL;",
    )


class Recorded(Timestamped):
    """A record of the registry: any committed change of it raises the revision."""

    class Meta(Timestamped.Meta):
        abstract = True
        triggers = [
            *Timestamped.Meta.triggers,
            raises_revision(),
        ]


class Permanent(Recorded):
    """A record that partner sites know by an id which stays, whatever it is called and wherever it is restored."""

    uid = models.UUIDField(_("permanent id"), db_default=RandomUUID(), unique=True, editable=False)

    class Meta(Recorded.Meta):
        abstract = True


class Revision(models.Model):
    """One row: how many transactions have changed the registry.

    A deferred trigger raises it at commit, so that numbers appear in the order of commits and no reader can see a
    number before its data.
    """

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="revision_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class RevisionMark(models.Model):
    """A transaction that will raise the revision when it commits; empty outside of transactions."""

    def __str__(self) -> str:
        return str(self.pk)


def current_revision() -> int:
    """The number of committed changes of the registry so far; one indexed read."""
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


class PublicChange(models.Model):
    """A transaction that changed what the public sees of actors: when it began, and when it became visible.

    Written at commit, one after the other (`sql/revision.sql`), so that `at` follows the order of commits.
    Rows carry the moment at which their transaction began; with this table a reader who asks for what is new since a
    moment also gets what began before it and became visible after it. `began` is -infinity where everything changed.
    """

    is_left_out_of_backups = True  # commits of this server; an emptied table begins anew

    began = models.DateTimeField()
    at = models.DateTimeField(unique=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


class VisibleSince(models.Func):
    """The moment from which on rows may have become visible since another moment."""

    function = "registry_visible_since"
    arity = 1
    output_field = models.DateTimeField()


@dataclass(frozen=True)
class PublicState:
    """What the public sees of actors: a name for it, and the moment up to which it is complete."""

    version: str
    complete_until: datetime | None  # whatever becomes visible later is found with this moment or a later one


def public_state() -> PublicState:
    """The state that the next question will see, or an earlier one; read it before what it shall describe."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat(id, '-', xmin), at + interval '1 microsecond' FROM history_publicchange "
            "ORDER BY at DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return PublicState(*row) if row else PublicState("-", None)


class Ground(models.TextChoices):
    """Why a person was erased."""

    REQUEST = "request", _("The person asked for it")
    CONSENT = "consent", _("Consent was withdrawn")
    DUTY = "duty", _("The purpose is gone")


class Erasure(models.Model):
    """That a person was erased, when, by whom and how much; never who it was."""

    portal_may = ("SELECT", "INSERT")

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    counts = models.JSONField(_("erased records"), default=dict)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of people")
        constraints = [one_of("ground", Ground, table="erasure")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class VersionLoss(models.Model):
    """How many versions lost words or were deleted in one transaction: written by the database (`sql/versions.sql`)."""

    portal_may = ("SELECT",)

    transaction = models.CharField(_("transaction"), max_length=20)
    versions = models.CharField(_("versions"), max_length=63)
    how = models.CharField(_("how"), max_length=10)
    number = models.BigIntegerField(_("number"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at"]
        verbose_name = _("loss of versions")
        verbose_name_plural = _("losses of versions")
        constraints = [
            models.UniqueConstraint(
                fields=["transaction", "versions", "how"], name="version_loss_is_one_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.versions}: {self.number}"
