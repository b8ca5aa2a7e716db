"""What another word for a term can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymKind(models.TextChoices):
    SYNONYM = "synonym", _("Synonym")
    ACRONYM = "acronym", _("Acronym")
