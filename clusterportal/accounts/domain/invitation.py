"""Inviting people: they get a link and choose their password themselves, so that nobody has to invent and tell one."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from clusterportal.accounts.models import User
from clusterportal.core.signed_links import absolute
from clusterportal.core.tasks import post


class Invitation(models.TextChoices):
    """How far a person is on the way into the portal."""

    NONE = "none", gettext_lazy("Not invited yet")
    OPEN = "open", gettext_lazy("Invited")
    EXPIRED = "expired", gettext_lazy("Invitation expired")
    USED = "used", gettext_lazy("Has a password")


class CannotInvite(Exception):
    """The person cannot be invited; the message says why."""


def password_address(person: User) -> str:
    """Where the person chooses a password, in the language of the moment; valid for `PASSWORD_RESET_TIMEOUT`.

    A link is used up as soon as the person has a password or has signed in.
    """
    uid, token = user_pk_to_url_str(person), default_token_generator.make_token(person)
    return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))


@transaction.atomic
def invite(*, person: User, by) -> None:
    """Write to the person how to get in; again as often as needed. Raises PermissionDenied, CannotInvite."""
    if not by.is_superuser:
        raise PermissionDenied
    if not person.is_active:
        raise CannotInvite(_("The account is closed. Open it first."))
    if not person.email:
        raise CannotInvite(_("Without an e-mail address nobody can be invited."))
    with override(person.language or settings.LANGUAGE_CODE):
        context = {
            "person": person,
            "link": password_address(person),
            "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
            "login": absolute(reverse("account_login")),
            "site": settings.SITE_NAME,
        }
        text = render_to_string("mail/accounts/invitation.txt", context)
    subject, _break, body = text.strip().partition("\n")
    post(subject=" ".join(subject.split()), body=body.strip() + "\n", to=person.email)
    person.invited_at = timezone.now()
    person.save(update_fields=["invited_at"])


def state_of(person: User) -> Invitation:
    if person.has_usable_password():
        return Invitation.USED
    until = valid_until(person)
    if until is None:
        return Invitation.NONE
    return Invitation.OPEN if until > timezone.now() else Invitation.EXPIRED


def valid_until(person: User) -> datetime | None:
    """Until when the last invitation can be used; None without one."""
    if person.invited_at is None:
        return None
    return person.invited_at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
