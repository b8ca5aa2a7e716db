"""How accounts behave here: nobody signs up, and mails speak the language of the person."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.urls import reverse
from django.utils.translation import get_language, override

from clusterportal.review.tasks import send_message


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_redirect_url(self, request) -> str:
        return reverse("admin:index" if request.user.is_staff else "pages:my-entries")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the person, where it is known, else in that of the page; by the worker, as all mails."""
        site = RequestSite(self.request)
        site.name = settings.SITE_NAME
        about = {"request": self.request, "email": email, "current_site": site}
        with override(getattr(context.get("user"), "language", "") or get_language()):
            message = self.render_mail(template_prefix, email, about | context)
        send_message.defer(subject=message.subject, body=message.body, to=email)
