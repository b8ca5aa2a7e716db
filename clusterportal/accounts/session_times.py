"""Sessions end: after a while without a request, and at the latest some hours after the sign-in."""

from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.cache import patch_cache_control

BEGAN, SEEN = "signed_in_at", "seen_at"  # seconds since 1970, kept in the session
_NOTED_EVERY = 300  # seconds; not every request writes the session


@receiver(user_logged_in, dispatch_uid="session_times")
def begin(sender, request, user, **kwargs) -> None:
    """A new sign-in begins a new session, whose times count from now."""
    request.session[BEGAN] = request.session[SEEN] = int(time())


class SessionTimes:
    """Signs out whose session is over. Must stand after the middleware that knows the user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(
                request
            )  # whose answer does not depend on cookies, and may be kept for all
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            now = int(time())
            if is_over(request.session, now):
                logout(request)
            elif now - request.session[SEEN] > _NOTED_EVERY:
                request.session[SEEN] = now
        response = self.get_response(request)
        if was_signed_in and response.get("Content-Type", "").startswith("text/html"):
            patch_cache_control(
                response, private=True, no_store=True
            )  # no browser keeps what only they may see
        if was_signed_in and not request.user.is_authenticated:
            # What the browser kept of pages goes; what it remembers for the visitor (the shortlist) stays.
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


def is_over(session, now: float) -> bool:
    """Whether `session`, or what it holds, ended by its times; also one from before there were times."""
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    return now - seen > settings.SESSION_IDLE_MINUTES * 60 or now - began > settings.SESSION_HOURS * 3600
