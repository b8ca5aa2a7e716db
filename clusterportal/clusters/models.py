"""Regions and their clusters."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.enums import ClusterKind, LifeCycle, Section
from clusterportal.clusters.querysets import (
    ClusterQuerySet,
    ClusterRecordQuerySet,
    RegionQuerySet,
    ReleaseQuerySet,
)
from clusterportal.core.constraints import (
    check_year,
    one_of,
    one_of_or_blank,
    plausible_year,
    web_address,
)
from clusterportal.core.countries import check_country
from clusterportal.core.languages import column_names, translated
from clusterportal.core.pictures import ENDINGS, PictureField, check_logo
from clusterportal.core.publication import PublicationState
from clusterportal.core.telephone import HOME, clean_phone, clean_phone_of
from clusterportal.history.models import Permanent, Recorded, is_news_of_all
from clusterportal.history.tracking import tracked

nuts_code = RegexValidator(
    r"^[A-Z]{2}[0-9A-Z]{0,3}$", _("A NUTS code is a country code and up to three characters: DED51.")
)

SOURCE_LENGTH = 200  # characters that name the source of an outline


@tracked
class Region(Recorded):
    """A place on the map that the portal serves."""

    slug = models.SlugField(_("address"), unique=True)
    name = translated(models.CharField(_("name"), max_length=120), required=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        default="DE",
        validators=[check_country],
        help_text=_("Two letters, ISO 3166-1."),
    )
    nuts_codes = ArrayField(
        models.CharField(max_length=5, validators=[nuts_code]),
        verbose_name=_("NUTS codes"),
        default=list,
        blank=True,
        help_text=_("Separated by commas, for example DEB32,DEB3F."),
    )
    outline = models.JSONField(
        _("outline"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("GeoJSON geometry, loaded by command."),
    )
    outline_source = models.CharField(
        _("source of the outline"), max_length=SOURCE_LENGTH, blank=True, editable=False
    )

    objects = RegionQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["slug"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name


@tracked
class Cluster(Permanent):
    """A spatial concentration of companies and the institutions that support them."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    name = translated(models.CharField(_("name"), max_length=160), required=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="clusters", verbose_name=_("region"))
    kind = models.CharField(_("kind"), max_length=20, choices=ClusterKind, default=ClusterKind.REGIONAL)
    claim = translated(models.CharField(_("claim"), max_length=200, blank=True))
    description = translated(models.TextField(_("description"), blank=True, help_text=_("Markdown.")))
    aims = translated(models.TextField(_("aims and strategy"), blank=True, help_text=_("Markdown.")))
    services = translated(models.TextField(_("services"), blank=True, help_text=_("Markdown.")))
    organisation = translated(
        models.TextField(
            _("organisation"),
            blank=True,
            help_text=_("Bodies, who manages the cluster, how it decides. Markdown."),
        )
    )
    technology_field = translated(models.CharField(_("technology field"), max_length=200, blank=True))

    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=[check_year], help_text=_("Year.")
    )
    founding_occasion = translated(models.CharField(_("occasion of founding"), max_length=200, blank=True))
    legal_form = models.CharField(_("legal form"), max_length=80, blank=True)
    staff_fte = models.DecimalField(
        _("management staff"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Full-time equivalents."),
    )
    life_cycle = models.CharField(_("life-cycle stage"), max_length=20, choices=LifeCycle, blank=True)
    programmes = models.TextField(_("programme memberships"), blank=True, help_text=_("One a line."))

    homepage = models.URLField(_("homepage"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        validators=[clean_phone],  # type: ignore[list-item]  # what it returns does not matter
    )
    logo = PictureField(
        _("logo"),
        upload_to="clusters/",
        blank=True,
        help_text=_("PNG, JPEG or WebP, at most 2 MB."),
        validators=[FileExtensionValidator(ENDINGS), check_logo],
    )
    source = models.CharField(
        _("source"), max_length=400, blank=True, help_text=_("Where these facts are published.")
    )

    state = models.CharField(
        _("state"), max_length=12, choices=PublicationState, default=PublicationState.DRAFT
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who looks after this entry."),
    )
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    trusts_representatives = models.BooleanField(
        _("trusts representatives"),
        default=False,
        help_text=_("What representatives change in their own entry appears at once, without review."),
    )

    objects = ClusterQuerySet.as_manager()

    class Meta(Permanent.Meta):
        ordering = ["position", "slug"]
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        triggers = [
            *Permanent.Meta.triggers,
            is_news_of_all(
                "slug",
                "position",
                "state",
                "is_active",
                *column_names("name"),
                where="'published' IN (OLD.state, NEW.state)",
            ),
        ]
        constraints = [
            one_of("kind", ClusterKind, table="cluster"),
            one_of("state", PublicationState, table="cluster"),
            one_of_or_blank("life_cycle", LifeCycle, table="cluster"),
            plausible_year("founded", table="cluster"),
            web_address("homepage", table="cluster"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        if "phone" not in (exclude or ()):
            clean_phone_of(self, self.region.country if self.region_id else HOME)


@tracked
class TeamMember(Recorded):
    """A member of a cluster's team: managers and editors work with the actors of their clusters."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="team", verbose_name=_("cluster"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="team_memberships", verbose_name=_("person")
    )

    class Meta(Recorded.Meta):
        ordering = ["cluster__position", "user__username"]
        verbose_name = _("member of the team")
        verbose_name_plural = _("team")
        constraints = [models.UniqueConstraint(fields=["cluster", "user"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.cluster}"


class ClusterRecord(Recorded):
    """A record that belongs to one cluster: its team alone works with it (`rules.can_manage`)."""

    cluster = models.ForeignKey(
        Cluster, models.CASCADE, related_name="%(class)s_records", verbose_name=_("cluster")
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("Shows what the portal can do; marked as an example wherever it is seen."),
    )

    objects = ClusterRecordQuerySet.as_manager()

    class Meta(Recorded.Meta):
        abstract = True


@tracked
class Release(Recorded):
    """The public sees this part of a cluster's management."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="releases", verbose_name=_("cluster"))
    section = models.CharField(_("part"), max_length=12, choices=Section)

    objects = ReleaseQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["cluster", "section"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "section"], name="release_once_a_section"),
            one_of("section", Section, table="release"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.get_section_display()}"
