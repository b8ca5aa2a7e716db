"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account: curators today, representatives of actors and API partners tomorrow."""

    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Language of e-mails to this person.")
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
