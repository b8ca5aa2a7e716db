"""Under what names, numbers and people an actor is known."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from actors.enums import AliasKind, IdentifierScheme
from actors.models.actor import Actor
from actors.models.base import ActorPart, feeds_search, touches
from actors.querysets import ContactQuerySet
from actors.validators import clean_identifier, clean_phone
from clusterportal.core.constraints import one_of, printable
from clusterportal.core.functions import folded_column
from clusterportal.core.languages import column_names, translated
from clusterportal.core.telephone import HOME, clean_phone_of
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked

_PAGES: dict[str, str] = {
    IdentifierScheme.ROR: "https://ror.org/{}",
    IdentifierScheme.LEI: "https://search.gleif.org/#/record/{}",
    IdentifierScheme.WIKIDATA: "https://www.wikidata.org/wiki/{}",
}


@tracked
class Identifier(ActorPart):
    """A number under which the world knows the actor. One value belongs to one actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="identifiers", verbose_name=_("actor"))
    scheme = models.CharField(_("scheme"), max_length=10, choices=IdentifierScheme)
    value = models.CharField(_("value"), max_length=120)

    class Meta(ActorPart.Meta):
        ordering = ["scheme", "value"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_belongs_to_one_actor",
                violation_error_message=_("Another actor already has this identifier."),
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="identifier_has_a_value"),
            one_of("scheme", IdentifierScheme, table="identifier"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def url(self) -> str:
        """The page of the identifier at its registry; empty where the registry has none."""
        return _PAGES.get(self.scheme, "").format(self.value)

    def clean(self):
        if self.scheme in IdentifierScheme.values:
            try:
                self.value = clean_identifier(self.scheme, self.value)
            except ValidationError as error:
                raise ValidationError({"value": error}) from error


@tracked
class ActorAlias(ActorPart):
    """Another name of the actor: translated, former, colloquial."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="aliases", verbose_name=_("actor"))
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind, default=AliasKind.TRANSLATED)
    language = models.CharField(_("language"), max_length=10, blank=True, help_text=_("de, en, or empty."))
    key = folded_column(F("name"))

    class Meta(ActorPart.Meta):
        ordering = ["key", "pk"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(fields=["actor", "name"], name="alias_once_an_actor"),
            one_of("kind", AliasKind, table="alias"),
            printable("name", table="alias"),
        ]
        indexes = [models.Index("key", name="alias_by_key")]
        triggers = [*ActorPart.Meta.triggers, *feeds_search()]

    def __str__(self) -> str:
        return self.name


@tracked
class ContactPerson(ActorPart):
    """A person to turn to. Without a date of consent never public, in no format."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="contacts", verbose_name=_("actor"))
    name = models.CharField(_("name"), max_length=160)
    role = translated(models.CharField(_("role"), max_length=160, blank=True))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        validators=[clean_phone],  # type: ignore[list-item]  # what it returns does not matter
    )
    consent_on = models.DateField(
        _("consent given on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which the person agreed to be published. Without it nobody outside sees the person."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ContactQuerySet.as_manager()

    class Meta(ActorPart.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        triggers = [
            *Recorded.Meta.triggers,
            touches("actor_id", public="OLD.consent_on IS NOT NULL OR NEW.consent_on IS NOT NULL"),
        ]
        constraints = [printable("name", *column_names("role"), "phone", "email", table="contact")]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        if "phone" not in (exclude or ()):
            has_actor = self.actor_id or ContactPerson.actor.is_cached(self)
            clean_phone_of(self, self.actor.country if has_actor else HOME)
