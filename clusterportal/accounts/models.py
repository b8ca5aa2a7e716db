"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.accounts.enums import IN_WORDS, STAFF_ROLES, Role
from clusterportal.core.constraints import one_of_or_blank


class User(AbstractUser):
    """A person with an account: curators, representatives of actors, API partners."""

    role = models.CharField(
        _("role"),
        max_length=20,
        choices=Role,
        blank=True,
        help_text=_(
            "Brings the rights of the role; managers and editors work with the actors of their clusters."
        ),
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Language of e-mails to this person.")
    )

    invited_at = models.DateTimeField(_("invited at"), null=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            one_of_or_blank("role", Role, table="user"),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.REPRESENTATIVE, Role.PARTNER])
                | Q(is_staff=False, is_superuser=False),
                name="user_outside_stays_outside",
                violation_error_message=_("Representatives and API partners do not work in the admin."),
            ),
        ]

    @property
    def role_in_words(self) -> str:
        """What the role is good for; empty without one."""
        return str(IN_WORDS[Role(self.role)]) if self.role else ""

    def save(self, *args, **kwargs):
        """Set `is_staff` and `is_superuser` by the role: only administrators may do everything."""
        if self.role:
            self.is_staff = self.role in STAFF_ROLES
            self.is_superuser = self.role == Role.ADMINISTRATOR
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "is_staff", "is_superuser"}
        super().save(*args, **kwargs)
