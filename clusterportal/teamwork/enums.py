"""Who is written to, and how often a person wants to hear."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """When a person is told of new proposals and answers."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in the morning")
    NEVER = "never", _("Never")


class Addressees(models.TextChoices):
    """Who of an actor is written to."""

    CONTACTS = "contacts", _("Contact persons with an e-mail address")
    ACTOR = "actor", _("The actor's own e-mail address")
    REPRESENTATIVES = "representatives", _("Representatives")
