"""Whoever must have a second factor sets one up before anything else."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Of the account itself, and what serves everybody alike and knows no session.
_OPEN_NAMES = (
    "account_",
    "mfa_",
    "set_language",
    "logout",
    "jsi18n",
    "health",
    "robots",
    "sitemap",
    "embed",
    "oembed",
)
_OPEN_ROOMS = {"api"}


class Duty:
    """Words of the setting SECOND_FACTOR."""

    NOBODY, STAFF, EVERYBODY = "off", "staff", "everybody"


def must_have_factor(user) -> bool:
    """Whether the setting asks for a second factor of this person."""
    if settings.SECOND_FACTOR == Duty.NOBODY or not user.is_authenticated:
        return False
    return user.is_staff or settings.SECOND_FACTOR == Duty.EVERYBODY


def lacks_factor(user) -> bool:
    return must_have_factor(user) and not is_mfa_enabled(user, types=[Authenticator.Type.TOTP])


class SecondFactorDuty:
    """Leads people who lack their second factor to where it is set up; only their account is open to them till then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None  # nobody is signed in, and the answer must not come to depend on cookies
        match = request.resolver_match
        is_open = (match.url_name or "").startswith(_OPEN_NAMES) or _OPEN_ROOMS & {*match.namespaces}
        if is_open or not lacks_factor(request.user):
            return None
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        messages.info(
            request, _("Your account needs a second factor. Set it up here, then everything is open to you.")
        )
        return redirect("mfa_activate_totp")
