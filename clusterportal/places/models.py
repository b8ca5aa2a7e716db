"""Where postcodes and towns lie: reference data, loaded by command, so that no foreign host is asked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterportal.core.functions import folded_column
from clusterportal.history.models import raises_revision
from clusterportal.places.querysets import PostcodeQuerySet


class Postcode(models.Model):
    """One place of one postcode. A town with several postcodes is several rows."""

    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, ISO 3166-1."))
    code = models.CharField(_("postcode"), max_length=20)
    place = models.CharField(_("place"), max_length=180)
    district = models.CharField(_("district"), max_length=100, blank=True)
    state_name = models.CharField(_("federal state"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    key = folded_column(F("place"))

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        ordering = ["country", "code", "place"]
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [
            models.UniqueConstraint(fields=["code", "place", "country"], name="postcode_once_a_place"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(place=""), name="postcode_has_code_and_place"),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="postcode_country_two_letters"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="postcode_coordinates_on_earth",
            ),
        ]
        indexes = [models.Index("key", name="postcode_by_place")]
        triggers = [raises_revision(is_public=True)]  # what “near Leipzig” finds depends on it

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
