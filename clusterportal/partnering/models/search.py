"""What an actor seeks or offers: a link of the chain, in which areas, until when, and what came of it."""

from datetime import date
from urllib.parse import urlencode

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from applications.models import ApplicationArea
from clusterportal.core.constraints import (
    check_day,
    has_an_address,
    one_of,
    one_of_or_blank,
    plausible_day,
    printable,
    web_address,
)
from clusterportal.core.languages import LANGUAGE_CODES, column_names, language_shown, translated
from clusterportal.core.publication import PublicationState, is_published
from clusterportal.history.models import Permanent, raises_revision
from clusterportal.history.tracking import tracked
from clusterportal.partnering.enums import Outcome, SearchKind, Standing
from clusterportal.partnering.querysets import PartnerSearchQuerySet
from layers.models import Layer

_NOTES_PUBLICATION = pgtrigger.Trigger(
    name="note_publication",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at = now(); END IF; RETURN NEW;",
)


@tracked
class PartnerSearch(Permanent):
    """A request or an offer of one actor. `layer` is sought or offered; a text may be missing in a language."""

    slug = models.SlugField(_("address"), unique=True, max_length=110)
    kind = models.CharField(_("kind"), max_length=8, choices=SearchKind, default=SearchKind.REQUEST)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="partner_searches", verbose_name=_("actor"))
    title = translated(models.CharField(_("title"), max_length=160, blank=True))
    text = translated(models.TextField(_("text"), blank=True, help_text=_("Markdown.")))
    layer = models.ForeignKey(
        Layer, models.PROTECT, related_name="+", verbose_name=_("layer that is sought or offered")
    )
    areas = models.ManyToManyField(
        ApplicationArea, blank=True, related_name="+", verbose_name=_("application areas")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    deadline = models.DateField(
        _("deadline"),
        null=True,
        blank=True,
        validators=[check_day],
        help_text=_("The last day on which it can be answered. Empty: it stays open."),
    )
    source = models.URLField(
        _("source"), max_length=500, blank=True, help_text=_("Where this is published, if it is.")
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("Shows what the portal can do; marked as an example wherever it is seen."),
    )

    # ---------- what becomes of it ----------
    state = models.CharField(
        _("state"), max_length=12, choices=PublicationState, default=PublicationState.DRAFT
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    expired_at = models.DateTimeField(_("expired at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    outcome = models.CharField(_("what came of it"), max_length=16, choices=Outcome, blank=True)
    outcome_note = models.CharField(_("what came of it, in a sentence"), max_length=400, blank=True)

    objects = PartnerSearchQuerySet.as_manager()

    class Meta(Permanent.Meta):
        ordering = ["-published_at", "-pk"]
        verbose_name = _("request or offer")
        verbose_name_plural = _("requests and offers")
        triggers = [*Permanent.Meta.triggers, _NOTES_PUBLICATION]
        constraints = [
            has_an_address("partnersearch"),
            one_of("kind", SearchKind, table="partnersearch"),
            one_of("state", PublicationState, table="partnersearch"),
            one_of_or_blank("outcome", Outcome, table="partnersearch"),
            plausible_day("deadline", table="partnersearch"),
            web_address("source", table="partnersearch"),
            printable(*column_names("title"), *column_names("text"), "outcome_note", table="partnersearch"),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(column_names("title"), "")),
                name="partnersearch_has_a_title",
                violation_error_message=_("Give a title in one language at least."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="partnersearch_closed_says_why",
                violation_error_message=_("Who closes it says what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(expired_at=None) | Q(deadline__isnull=False),
                name="partnersearch_expired_had_a_deadline",
            ),
        ]
        indexes = [
            models.Index(
                "deadline",
                condition=Q(closed_at=None, expired_at=None) & is_published(),
                name="partnersearch_to_expire",
            ),
            models.Index(fields=["-published_at", "-id"], name="partnersearch_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:partner-search-detail", args=[self.slug])

    @property
    def is_request(self) -> bool:
        return self.kind == SearchKind.REQUEST

    @property
    def missing_positions(self) -> list[int]:
        """The dashed block of the glyph: the layer that is sought; of an offer none."""
        return [self.layer.position] if self.is_request else []

    @property
    def is_published(self) -> bool:
        return self.state == PublicationState.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it: so is its actor, too."""
        return self.is_published and self.actor.is_published

    @property
    def languages(self) -> list[str]:
        """The languages in which it has a title."""
        return [code for code in LANGUAGE_CODES if getattr(self, f"title_{code}")]

    @property
    def language_shown(self) -> str:
        """The language of the title that is read now."""
        return language_shown(self, "title")

    @property
    def directory_query(self) -> str:
        """Of the directory: who stands on the layer and works in one of the areas."""
        areas = [("area", one.slug) for one in self.areas.all()]
        return urlencode([("layer", self.layer.slug), *areas])

    def standing_on(self, day: date) -> Standing:
        if self.closed_at:
            return Standing.CLOSED
        is_late = self.deadline is not None and self.deadline < day
        return Standing.EXPIRED if self.expired_at or is_late else Standing.OPEN

    def days_left(self, day: date) -> int | None:
        """Until the deadline, 0 on the last day; None without one. Negative when it is over."""
        return (self.deadline - day).days if self.deadline else None


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class SearchArea(PartnerSearch.areas.through):  # type: ignore[name-defined]  # a class that Django makes
    """An area that is named: a face of the join table, so that its changes are kept and counted too."""

    class Meta:
        proxy = True
        verbose_name = _("application area of a request or an offer")
        verbose_name_plural = _("application areas of requests and offers")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.partnersearch}: {self.applicationarea}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class SearchTopic(PartnerSearch.topics.through):  # type: ignore[name-defined]  # a class that Django makes
    """A topic that is named, likewise."""

    class Meta:
        proxy = True
        verbose_name = _("topic of a request or an offer")
        verbose_name_plural = _("topics of requests and offers")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.partnersearch}: {self.topic}"
