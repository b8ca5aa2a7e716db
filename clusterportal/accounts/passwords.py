"""Which passwords are too easy to guess here: those made of what everybody knows about this portal."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Beside the words of the portal's name and address; README says so to those who run it.
CONTEXT_WORDS = {
    "admin",
    "cluster",
    "manager",
    "passwort",
    "password",
    "portal",
    "register",
    "registry",
    "region",
}
_LEAST = 6  # characters that have to be left without those words


class NotThisPortal:
    """Refuses a password that hardly consists of more than the portal's name, its address and words of its trade."""

    def validate(self, password: str, user=None) -> None:
        own = re.findall(
            r"[^\W\d_]{4,}", f"{settings.SITE_NAME} {urlsplit(settings.SITE_URL).hostname or ''}".casefold()
        )
        rest = password.casefold()
        for word in sorted({*CONTEXT_WORDS, *own}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < _LEAST:
            raise ValidationError(self.get_help_text(), code="password_of_this_portal")

    def get_help_text(self) -> str:
        return _(
            "The password must not mainly consist of the name of this portal or of words such as “cluster”."
        )
