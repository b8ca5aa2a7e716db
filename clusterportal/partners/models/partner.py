"""Organisations that build on the API, and their keys."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import printable
from clusterportal.core.models import Timestamped
from clusterportal.history.tracking import tracked
from clusterportal.partners.enums import WRITE, KeyState
from clusterportal.partners.querysets import ApiKeyQuerySet, PartnerQuerySet


@tracked
class Partner(Timestamped):
    """An organisation with keys of the API. Nobody is deleted here: who has gone is switched off."""

    name = models.CharField(_("organisation"), max_length=200, unique=True)
    contact_name = models.CharField(_("contact person"), max_length=160, blank=True)
    contact_email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Gets word when an endpoint fails.")
    )
    purpose = models.TextField(
        _("purpose"), max_length=2000, help_text=_("What the data is used for, and where it is shown.")
    )
    terms_accepted_at = models.DateTimeField(_("terms accepted on"), null=True, blank=True)
    terms_accepted_by = models.CharField(
        _("terms accepted by"),
        max_length=160,
        blank=True,
        help_text=_("Who accepted them for the organisation."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Of a partner that is switched off no key works.")
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="partner",
        editable=False,
        verbose_name=_("account"),
        help_text=_("Whom the history names for what the keys write; nobody can sign in with it."),
    )

    objects = PartnerQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            printable("name", "contact_name", "purpose", "terms_accepted_by", table="partner"),
            models.CheckConstraint(
                condition=Q(terms_accepted_at=None, terms_accepted_by="")
                | Q(terms_accepted_at__isnull=False) & ~Q(terms_accepted_by=""),
                name="partner_terms_when_and_by_whom",
                violation_error_message=_("Say both: when the terms were accepted, and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:partners_partner_change", args=[self.pk])


@tracked(without=["digest", "last_used_at"])
class ApiKey(Timestamped):
    """A key as far as the portal knows it: where it begins, and a digest to recognise it by.

    The secret is 190 random bits, so SHA-256 is enough: a digest that is slow on purpose or salted protects words
    that people choose and others can guess.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="keys", verbose_name=_("partner"))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("Where it is used, for example “website, nightly copy”.")
    )
    prefix = models.CharField(_("beginning"), max_length=11, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=60), verbose_name=_("rights"), default=list)
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["partner__name", "name", "pk"]
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [printable("name", table="apikey")]
        triggers = [
            *Timestamped.Meta.triggers,
            pgtrigger.Trigger(
                name="stays_revoked",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
                func="NEW.revoked_at = OLD.revoked_at; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def get_absolute_url(self) -> str:
        return reverse("admin:partners_apikey_change", args=[self.pk])

    @property
    def is_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def is_usable(self) -> bool:
        return self.state == KeyState.USABLE

    @property
    def state(self) -> KeyState:
        """Whether the key works today, and why it does not."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if self.is_expired:
            return KeyState.EXPIRED
        return KeyState.USABLE if self.partner.is_active else KeyState.OFF

    def has_scope(self, name: str) -> bool:
        """Whether the key may do what `name` says; `write` is any cluster, `write:<uid>` that one."""
        if name == WRITE:
            return any(one.startswith(f"{WRITE}:") for one in self.scopes)
        return name in self.scopes
