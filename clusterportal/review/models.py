"""Proposals of visitors, representatives and editors, the conversation about them, and representatives of actors."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import one_of
from clusterportal.core.models import Timestamped
from clusterportal.core.web_hosts import host_of
from clusterportal.history.tracking import tracked
from clusterportal.review.enums import (
    ABOUT_ACTORS,
    DECIDED,
    OPEN,
    ProposalKind,
    ProposalState,
    RepresentationState,
    Side,
)
from clusterportal.review.querysets import ProposalQuerySet, RepresentationQuerySet

LONGEST_TOPIC = 160  # characters of a topic that somebody wishes for


class Proposal(Timestamped):
    """What somebody would like the registry to say.

    It holds personal data, so its history is not kept: what comes of it stands in the history of the actor.
    """

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=ProposalKind)
    actor = models.ForeignKey(
        Actor, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("actor")
    )
    cluster = models.ForeignKey(
        Cluster,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cluster"),
        help_text=_("The cluster that the organisation would like to belong to."),
    )
    record = models.JSONField(_("proposed values"), default=dict, blank=True)
    base = models.JSONField(_("values at the time of the proposal"), default=dict, blank=True)
    wanted_topics = ArrayField(
        models.CharField(max_length=LONGEST_TOPIC),
        default=list,
        blank=True,
        db_default=[],
        verbose_name=_("topics wished for"),
        help_text=_("What the proposer would like to name and the registry does not know yet."),
    )
    message = models.TextField(_("message"), blank=True)

    # ---------- the proposer ----------
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("function"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    consent = models.TextField(
        _("wording of the consent"),
        blank=True,
        help_text=_("To what the named contact persons agreed, as the form said it."),
    )

    # ---------- what becomes of it ----------
    state = models.CharField(
        _("state"), max_length=16, choices=ProposalState, default=ProposalState.UNCONFIRMED
    )
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["waiting_since", "pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            one_of("kind", ProposalKind, table="proposal"),
            one_of("state", ProposalState, table="proposal"),
            models.CheckConstraint(
                condition=Q(kind__in=[ProposalKind.NEW, ProposalKind.ADMISSION]) | Q(actor__isnull=False),
                name="proposal_is_about_an_actor",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | Q(~Q(state__in=DECIDED), decided_at__isnull=True),
                name="proposal_decided_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(waiting_since__isnull=False), name="proposal_open_has_a_date"
            ),
        ]
        indexes = [
            models.Index("waiting_since", "id", condition=Q(state__in=OPEN), name="proposal_queue"),
            models.Index("actor", condition=Q(state__in=OPEN), name="proposal_open_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def title(self) -> str:
        """The name of the actor, the one that a new entry would like to have, or the title of what was sent in."""
        if self.kind not in (*ABOUT_ACTORS, ProposalKind.ADMISSION):
            return str(self.record.get("title", ""))
        return str(self.actor) if self.actor_id else str(self.record.get("name", ""))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def shares_domain(self) -> bool:
        """Does the e-mail belong to the domain of the website? A strong sign, and no more than a sign."""
        website = self.actor.website if self.actor else self.record.get("website") or ""
        host = host_of(website)
        domain = self.email.rpartition("@")[2].lower()
        return bool(host and domain) and (domain == host or domain.endswith(f".{host}"))


class ProposalNote(models.Model):
    """A sentence in the conversation about a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="notes", verbose_name=_("proposal"))
    side = models.CharField(_("side"), max_length=10, choices=Side)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("conversation")
        constraints = [one_of("side", Side, table="note")]

    def __str__(self) -> str:
        return self.text


@tracked
class Representation(Timestamped):
    """A person with an account speaks for an actor."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="representations", verbose_name=_("person")
    )
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="representations", verbose_name=_("actor"))
    state = models.CharField(
        _("state"), max_length=10, choices=RepresentationState, default=RepresentationState.ACTIVE
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted at"), auto_now_add=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["actor__sort_key", "pk"]
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(fields=["user", "actor"], name="representation_once"),
            one_of("state", RepresentationState, table="representation"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.actor}"


class Attempt(models.Model):
    """A sent form, kept for a day as keyed fingerprints only, to limit how many one sender may send."""

    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index("fingerprint", "created_at", name="attempt_by_fingerprint")]

    def __str__(self) -> str:
        return self.fingerprint[:8]
