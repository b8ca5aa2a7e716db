"""The five layers of the innovation and competence chain."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.core.languages import column_names, translated
from clusterportal.history.models import Permanent, is_news_of_all
from clusterportal.history.tracking import tracked

LAYER_COUNT = 5
EXACTLY_FIVE = _(
    "There are exactly five layers: none can be added or removed. Rename and describe those that are there instead; "
    "a table names them by their address or name."
)


@tracked
class Layer(Permanent):
    """One of exactly five layers. Names are data; position and number are the model."""

    position = models.PositiveSmallIntegerField(
        _("position"), unique=True, help_text=_("1 is closest to research, 5 closest to the market.")
    )
    slug = models.SlugField(_("address"), unique=True)
    name = translated(models.CharField(_("name"), max_length=120), required=True)
    claim = translated(
        models.CharField(_("claim"), max_length=120, blank=True, help_text=_("A few words under the name."))
    )
    description = translated(models.TextField(_("description"), blank=True))

    class Meta(Permanent.Meta):
        ordering = ["position"]
        verbose_name = _("layer")
        verbose_name_plural = _("layers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position__range=(1, LAYER_COUNT)), name="layer_position_1_to_5"
            ),
        ]
        # The model has exactly five layers: unique positions refuse a sixth, this refuses to be left with four.
        triggers = [
            *Permanent.Meta.triggers,
            is_news_of_all("slug", "position", *column_names("name")),
            pgtrigger.Protect(name="keep_all_five", operation=pgtrigger.Delete),
        ]

    def clean(self):
        """Says in words what position and number are bound to, before the database refuses."""
        is_sixth = self._state.adding and Layer.objects.count() >= LAYER_COUNT
        if is_sixth or (self.position is not None and not 1 <= self.position <= LAYER_COUNT):
            raise ValidationError({"position": EXACTLY_FIVE})

    def __str__(self) -> str:
        return f"{self.position} {self.name}"
