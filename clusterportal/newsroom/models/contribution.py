"""The contribution: news item, success story, publication, call or event."""

import datetime as dt  # the model has a field `date`
from typing import Self

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import check_day
from clusterportal.core.languages import LANGUAGE_CODES, translated
from clusterportal.core.pictures import ENDINGS, PictureField, Size
from clusterportal.core.publication import PublicationState
from clusterportal.history.models import Permanent
from clusterportal.history.tracking import tracked
from clusterportal.newsroom.enums import EventKind, Kind
from clusterportal.newsroom.models.constraints import CONSTRAINTS
from clusterportal.newsroom.models.times import last_day_of
from clusterportal.newsroom.models.triggers import KEEPS_CONTRIBUTIONS
from clusterportal.newsroom.querysets import ContributionQuerySet
from clusterportal.newsroom.validators import check_image, check_moment

ARTICLE, FEATURE = Size(1200, 675), Size(640, 480)  # across the page; beside the newest item of a list
PAGES = {  # the page of one contribution
    Kind.NEWS: "pages:news-detail",
    Kind.PUBLICATION: "pages:news-detail",
    Kind.CALL: "pages:news-detail",
    Kind.SUCCESS_STORY: "pages:story-detail",
    Kind.EVENT: "pages:event-detail",
}


@tracked
class Contribution(Permanent):
    """What members and cluster managements tell the region. A language without a title does not exist."""

    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.NEWS)
    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=120,
        help_text=_("The last part of the page's address. An old address keeps leading here."),
    )
    number = models.PositiveIntegerField(
        _("number in the series"), null=True, blank=True, unique=True, editable=False
    )

    # ---------- text ----------
    title = translated(models.CharField(_("headline"), max_length=200, blank=True))
    subtitle = translated(models.CharField(_("sub-headline"), max_length=300, blank=True))
    lead = translated(
        models.TextField(_("lead"), max_length=800, blank=True, help_text=_("What it is about, in short."))
    )
    body = translated(models.TextField(_("text"), max_length=40_000, blank=True, help_text=_("Markdown.")))
    date = models.DateField(
        pgettext_lazy("contribution", "date"),
        null=True,
        blank=True,
        validators=[check_day],
        help_text=_("Shown above the headline. Empty: the day of publication."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("Where the day is not known.")
    )
    source = models.CharField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("Where this was published first: an address, or words."),
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("Shows what the portal can do; marked as an example wherever it is seen."),
    )

    # ---------- picture ----------
    image = PictureField(
        _("picture"),
        upload_to="contributions/",
        sizes=(ARTICLE, FEATURE),
        blank=True,
        help_text=_("PNG, JPEG or WebP, at most 10 MB."),
        validators=[FileExtensionValidator(ENDINGS), check_image],
    )
    image_credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made the picture or holds the rights.")
    )
    image_caption = translated(models.CharField(_("caption"), max_length=300, blank=True))
    image_alt = translated(
        models.CharField(
            _("alternative text"),
            max_length=300,
            blank=True,
            help_text=_("What is seen, for people who do not see it. Never the name of the file."),
        )
    )
    image_is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture tells nothing that the text does not say: screen readers pass over it."),
    )

    # ---------- what it is about ----------
    actors = models.ManyToManyField(Actor, blank=True, related_name="contributions", verbose_name=_("actors"))
    clusters = models.ManyToManyField(
        Cluster, blank=True, related_name="contributions", verbose_name=_("clusters")
    )
    areas = models.ManyToManyField(
        ApplicationArea, blank=True, related_name="contributions", verbose_name=_("application areas")
    )

    # ---------- publication ----------
    state = models.CharField(
        _("publication"), max_length=12, choices=PublicationState, default=PublicationState.DRAFT
    )
    # Moments are set by `domain/publishing.py` alone: neither a form nor an old version brings one back.
    publish_at = models.DateTimeField(_("appears on"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(
        _("disappears on"), null=True, blank=True, editable=False, help_text=_("Empty: it stays.")
    )
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(
        _("readers told at"), null=True, blank=True, editable=False
    )  # what feeds say as `updated`
    owner_cluster = models.ForeignKey(
        Cluster,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
        help_text=_("The cluster whose team curates it. Empty: the administrators."),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )

    # ---------- events alone ----------
    event_kind = models.CharField(_("kind of event"), max_length=13, choices=EventKind, blank=True)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True, validators=[check_moment])
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, validators=[check_moment])
    is_all_day = models.BooleanField(_("all day"), default=False)
    place = models.CharField(
        _("place"), max_length=300, blank=True, help_text=_("As one finds it: house, street, town.")
    )
    online_url = models.URLField(_("online at"), max_length=500, blank=True)
    organiser = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organiser")
    )
    organiser_words = models.CharField(
        _("organiser in words"),
        max_length=200,
        blank=True,
        help_text=_("An organisation that is not in the registry. No names of people."),
    )
    registration_url = models.URLField(_("registration at"), max_length=500, blank=True)
    registration_from = models.DateField(
        _("registration opens on"), null=True, blank=True, validators=[check_day]
    )
    registration_until = models.DateField(
        _("registration until"), null=True, blank=True, validators=[check_day]
    )
    is_full = models.BooleanField(_("fully booked"), default=False)
    has_waiting_list = models.BooleanField(
        _("waiting list"),
        default=False,
        help_text=_("When it is fully booked, people may still register and wait for a place."),
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)
    moved_from = models.DateTimeField(_("began, before it was moved"), null=True, blank=True, editable=False)
    moved_at = models.DateTimeField(_("moved at"), null=True, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of iCalendar, raised by the database
    matchmaking_event = models.OneToOneField(
        "matchmaking.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contribution",
        verbose_name=_("matchmaking event"),
        help_text=_("Registration and talks are kept there."),
    )

    # ---------- calls alone ----------
    deadline = models.DateField(_("deadline"), null=True, blank=True, validators=[check_day])

    objects = ContributionQuerySet.as_manager()

    # Those that have a page; read by `with_names`.
    public_actors: list[Actor]
    public_clusters: list[Cluster]

    class Meta(Permanent.Meta):
        ordering = ["-year", "-date", "-pk"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        permissions = [("publish_contribution", "Can publish contributions")]
        constraints = CONSTRAINTS
        indexes = [
            models.Index(fields=["state", "kind", "-year", "-date"], name="contribution_listed"),
            models.Index(
                fields=["starts_at"], name="contribution_starts", condition=models.Q(kind=Kind.EVENT)
            ),
        ]
        triggers = [*Permanent.Meta.triggers, *KEEPS_CONTRIBUTIONS]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(PAGES[Kind(self.kind)], args=[self.slug])

    @property
    def languages(self) -> list[str]:
        """The languages in which there is something to read, the first one of the portal first."""
        return [code for code in LANGUAGE_CODES if getattr(self, f"title_{code}")]

    @property
    def last_day(self) -> dt.date:
        """Of an event."""
        assert self.starts_at is not None
        return last_day_of(self.starts_at, self.ends_at)

    @property
    def public_organiser(self) -> Actor | None:
        """The organiser, where it has a page of its own."""
        return self.organiser if self.organiser and self.organiser.is_published else None

    @property
    def pictured(self) -> Self | None:
        """Itself where it has a picture."""
        return self if self.image else None

    @property
    def occasion(self) -> Self | None:
        """Itself where it is an event."""
        return self if self.kind == Kind.EVENT else None

    @property
    def is_published(self) -> bool:
        return self.state == PublicationState.PUBLISHED

    @property
    def is_scheduled(self) -> bool:
        """Whether its publication is decided and still to be written down."""
        return self.is_published and self.publish_at is not None
