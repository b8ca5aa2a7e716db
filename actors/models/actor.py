"""The actor: a company, institute or organisation of the region."""

import uuid

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.enums import LOCATED_EXACTLY, ActorKind, ContactBy, LegalForm, LocationAccuracy, SizeClass
from actors.models.actor_indexes import ACTOR_INDEXES
from actors.models.actor_triggers import KEEPS_ACTORS
from actors.models.base import TELLS_THE_PUBLIC, DatePublicChange, feeds_search, renaming_feeds_search
from actors.querysets import ActorQuerySet
from actors.validators import check_logo, clean_phone, clean_postcode, place_problems
from clusterportal.core.constraints import (
    check_year,
    has_an_address,
    one_of,
    one_of_or_blank,
    plausible_year,
    printable,
    web_address,
)
from clusterportal.core.countries import check_country
from clusterportal.core.functions import SortKey, folded_column
from clusterportal.core.languages import column_names, translated
from clusterportal.core.pictures import ENDINGS, PictureField
from clusterportal.core.publication import PublicationState, is_published
from clusterportal.core.telephone import clean_phone_of
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked

_KINDS = dict(ActorKind.choices)
PLACE = ("postcode", "city", "country", "latitude", "longitude")  # fields that must agree with each other
_SEARCHED = [
    "state", "name", "short_name", "postcode", "city", "state_name",
    *column_names("summary"), *column_names("description"),
]  # fmt: skip
_WRITTEN = [
    "name", "short_name", *column_names("summary"), *column_names("description"), "street", "postcode", "city",
    "state_name", "phone", "email", "website", "source",
]  # fmt: skip


@tracked(
    indexes=[  # under what address a deleted actor was public
        models.Index("slug", condition=is_published(), name="actorevent_public_slug"),
        models.Index("uid", condition=is_published(), name="actorevent_public_uid"),
    ]
)
class Actor(Recorded):
    # ---------- who ----------
    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=300, help_text=_("As registered, with its legal form."))
    short_name = models.CharField(
        _("short name"),
        max_length=120,
        blank=True,
        help_text=_("What people call it: an acronym or the name without its legal form."),
    )
    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=120,
        allow_unicode=False,
        help_text=_("The last part of the page's address. An old address keeps leading here."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ActorKind)
    legal_form = models.CharField(_("legal form"), max_length=4, choices=LegalForm, blank=True)
    size = models.CharField(_("size class"), max_length=10, choices=SizeClass, blank=True)
    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=[check_year], help_text=_("Year.")
    )
    logo = PictureField(
        _("logo"),
        upload_to="logos/",
        blank=True,
        help_text=_("PNG, JPEG or WebP, at most 2 MB."),
        validators=[FileExtensionValidator(ENDINGS), check_logo],
    )

    # ---------- what ----------
    summary = translated(
        models.CharField(
            _("summary"), max_length=300, blank=True, help_text=_("One sentence: what do they do?")
        )
    )
    description = translated(models.TextField(_("description"), blank=True, help_text=_("Markdown.")))

    # ---------- where ----------
    website = models.URLField(_("website"), blank=True, max_length=500)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        validators=[clean_phone],  # type: ignore[list-item]  # what it returns does not matter
    )
    contact_by = models.CharField(
        _("enquiries"),
        max_length=8,
        choices=ContactBy,
        blank=True,
        help_text=_(
            "Not stated: by the published e-mail address; where there is none, by the form of this portal."
        ),
    )
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    state_name = models.CharField(_("federal state"), max_length=120, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        default="DE",
        validators=[check_country],
        help_text=_("Two letters, ISO 3166-1."),
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    location_accuracy = models.CharField(
        _("accuracy of the coordinates"),
        max_length=12,
        choices=LocationAccuracy,
        blank=True,
        help_text=_("What the point marks. Nothing means that it is not known."),
    )

    # ---------- curation ----------
    state = models.CharField(
        _("publication"), max_length=12, choices=PublicationState, default=PublicationState.DRAFT
    )
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True, editable=False)
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("Where these facts are published.")
    )

    # ---------- kept by the database ----------
    public_updated_at = models.DateTimeField(
        _("public entry updated at"), db_default=TransactionNow(), editable=False
    )
    sort_key = folded_column(Coalesce(NullIf(F("short_name"), Value("")), F("name")), by=SortKey)
    name_key = folded_column(F("name"))

    topics = models.ManyToManyField("actors.Topic", through="actors.ActorTopic", related_name="actors")

    objects = ActorQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["sort_key", "pk"]
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        permissions = [
            ("publish_actor", "Can publish actors"),
            ("view_contacts", "Can see contacts without consent"),
            ("reach_all_actors", "Can work with actors of all clusters"),
            ("import_actor", "Can import actors"),
            ("export_actor", "Can export actors"),
            ("merge_actor", "Can merge actors"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="actor_has_a_name"),
            has_an_address("actor"),
            one_of("kind", ActorKind, table="actor"),
            one_of("state", PublicationState, table="actor"),
            one_of_or_blank("size", SizeClass, table="actor"),
            one_of_or_blank("contact_by", ContactBy, table="actor"),
            one_of_or_blank("location_accuracy", LocationAccuracy, table="actor"),
            plausible_year("founded", table="actor"),
            web_address("website", table="actor"),
            printable(*_WRITTEN, table="actor"),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="actor_country_two_letters"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # A check passes when it is NULL, so both columns are named outright.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="actor_coordinates_both_or_none",
            ),
            models.CheckConstraint(
                condition=Q(location_accuracy="") | Q(latitude__isnull=False),
                name="actor_accuracy_only_of_coordinates",
            ),
            models.CheckConstraint(
                condition=~is_published() | Q(published_at__isnull=False),
                name="actor_published_has_a_date",
            ),
        ]
        indexes = ACTOR_INDEXES
        triggers = [
            *Recorded.Meta.triggers,
            DatePublicChange(),
            *TELLS_THE_PUBLIC,
            feeds_search("SELECT id AS actor_id FROM changed")[0],
            renaming_feeds_search("SELECT NEW.id AS actor_id", *_SEARCHED),
            *KEEPS_ACTORS,
            # The uid is a promise to everybody who has stored it.
            pgtrigger.ReadOnly(name="keep_uid", fields=["uid"]),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def initials(self) -> str:
        """The first two letters or digits of the name that people use, in place of a logo."""
        return "".join(filter(str.isalnum, str(self)))[:2]

    @property
    def full_label(self) -> str:
        """Short name, name and place, where names alone may be mistaken for others."""
        names = [self.short_name, self.name] if self.short_name not in ("", self.name) else [self.name]
        return ", ".join(filter(None, [" – ".join(names), self.city]))

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # in place of Django's
        """The kind in the active language; Django's own would gather all kinds anew for each row of a list."""
        return str(_KINDS.get(self.kind, self.kind))

    def get_absolute_url(self) -> str:
        return reverse("actors:actor-detail", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.state == PublicationState.PUBLISHED

    @property
    def is_located_exactly(self) -> bool:
        """Whether the coordinates mark the building or its street, not just the area around."""
        return self.latitude is not None and self.location_accuracy in LOCATED_EXACTLY

    @property
    def positions(self) -> list[int]:
        """Positions of the layers on which the actor stands, for the glyph; reads prefetched placements."""
        return sorted(placement.layer.position for placement in self.placements.all())

    def clean_fields(self, exclude=None):
        """What means the same is written the same: countries, postcodes, telephone numbers.

        Coordinates that go take along what was said of them.
        """
        self.country = self.country.strip().upper()
        self.postcode = clean_postcode(self.postcode, self.country)
        if self.latitude is None and self.longitude is None:
            self.location_accuracy = ""
        super().clean_fields(exclude=exclude)
        unchecked = exclude or ()
        if "phone" not in unchecked:
            clean_phone_of(self, self.country)
        # Here and not in `clean`, which versions that are brought back have to pass as well.
        if "country" not in unchecked:
            found = place_problems(**{name: getattr(self, name) for name in PLACE})
            if problems := {name: text for name, text in found.items() if name not in unchecked}:
                raise ValidationError(problems)

    def clean(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(
                {"latitude": _("Latitude and longitude belong together: give both or none.")}
            )
        former = type(self).former_slugs.rel.related_model._default_manager.filter(slug=self.slug)
        if former.exclude(actor_id=self.pk).exists():
            raise ValidationError(
                {"slug": _("This address still leads to another actor that had it before.")}
            )
