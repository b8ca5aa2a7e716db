"""How accounts behave here: nobody signs up, and mails speak the language of the person."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from clusterportal.core.signed_links import absolute
from clusterportal.core.tasks import post

# What of a sign-in was changed, by the name that allauth gives its mail about it.
_CHANGED = {
    "password_changed": _("The password of your account was changed."),
    "password_reset": _("The password of your account was set by the link of a mail."),
    "password_set": _("A password was set for your account."),
    "totp_activated": _("A second factor was set up for your account."),
    "totp_deactivated": _("The second factor of your account was removed."),
    "recovery_codes_generated": _(
        "New recovery codes were made for your account; the former ones open nothing."
    ),
}


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_redirect_url(self, request) -> str:
        return reverse("admin:index" if request.user.is_staff else "pages:my-entries")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the portal's own address: the one in the request is the sender's word, and mails go to others."""
        uid, _dash, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))

    def get_email_confirmation_url(self, request, emailconfirmation) -> str:
        return absolute(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the person, where it is known, else in that of the page; by the worker, as all mails."""
        site = RequestSite(self.request)
        site.name, site.domain = settings.SITE_NAME, urlsplit(settings.SITE_URL).netloc
        about = {"request": self.request, "email": email, "current_site": site}
        with override(getattr(context.get("user"), "language", "") or get_language()):
            message = self.render_mail(template_prefix, email, about | context)
        post(subject=message.subject, body=message.body, to=email)

    def send_notification_mail(self, template_prefix: str, user, context=None, email=None) -> None:
        """Tell people that what they sign in with was changed; not from where, which nobody notes."""
        if user.email and (changed := _CHANGED.get(template_prefix.rpartition("/")[2])):
            with override(user.language or get_language()):
                about = {"changed": changed, "link": absolute(reverse("account_reset_password"))}
                text = render_to_string("mail/accounts/changed.txt", about | {"site": settings.SITE_NAME})
                subject, _break, body = text.strip().partition("\n")
            post(subject=" ".join(subject.split()), body=body.strip() + "\n", to=user.email)
