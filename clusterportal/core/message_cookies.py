"""Messages between two pages, in a cookie that only this host sets and reads."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class MessageCookie(CookieStorage):
    cookie_name = "__Host-messages" if settings.IS_HTTPS else "messages"


class MessageCookies(FallbackStorage):
    """In the cookie, or in the session where they are too long for one, as Django does it."""

    storage_classes = (MessageCookie, SessionStorage)
