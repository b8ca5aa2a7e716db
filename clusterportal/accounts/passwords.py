"""Which passwords are too easy to guess here: made of what everybody knows about this portal, or known from leaks."""

import mmap
import re
from hashlib import sha1
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Beside the words of the portal's name and address; SECURITY.md says so to those who run it.
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


class NotLeaked:
    """Refuses a password of the operator's list (LEAKED_PASSWORDS); without a list, none. No other host is asked."""

    def validate(self, password: str, user=None) -> None:
        if settings.LEAKED_PASSWORDS and is_listed(password, Path(settings.LEAKED_PASSWORDS)):
            raise ValidationError(self.get_help_text(), code="password_leaked")

    def get_help_text(self) -> str:
        return _("The password must not stand in a public list of leaked passwords.")


def is_listed(password: str, path: Path) -> bool:
    """Whether the list holds the password: a line a SHA-1 in hexadecimal, in order, as Have I Been Pwned gives them.

    Halves the file until the line is found, for it has gigabytes.
    """
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().encode()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            middle = (low + high) // 2
            start = lines.rfind(b"\n", 0, middle) + 1
            found = lines[start : start + len(wanted)].lower()
            if found == wanted:
                return True
            if found > wanted:
                high = start
            else:
                end = lines.find(b"\n", middle)
                low = high if end < 0 else end + 1
    return False
