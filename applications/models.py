"""Application areas: the dimension across the layers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.querysets import ApplicationAreaQuerySet
from clusterportal.core.languages import column_names, translated
from clusterportal.history.models import Permanent, is_news_of_all
from clusterportal.history.tracking import tracked
from clusterportal.terms.models import Synonym, once_a_term


@tracked
class ApplicationArea(Permanent):
    """A field of application, orthogonal to the layers."""

    slug = models.SlugField(_("address"), unique=True)
    name = translated(models.CharField(_("name"), max_length=120), required=True)
    description = translated(models.TextField(_("description"), blank=True))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order in lists and in the matrix.")
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Inactive areas keep their actors but leave matrix and filters."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who looks after this entry."),
    )

    objects = ApplicationAreaQuerySet.as_manager()

    class Meta(Permanent.Meta):
        ordering = ["position", "slug"]
        verbose_name = _("application area")
        verbose_name_plural = _("application areas")
        triggers = [
            *Permanent.Meta.triggers,
            is_news_of_all("slug", "position", "is_active", *column_names("name")),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class AreaSynonym(Synonym):
    """Another word for an application area."""

    term_field = "area"

    area = models.ForeignKey(
        ApplicationArea, models.CASCADE, related_name="synonyms", verbose_name=_("application area")
    )

    class Meta(Synonym.Meta):
        constraints = once_a_term("area", table="areasynonym")
