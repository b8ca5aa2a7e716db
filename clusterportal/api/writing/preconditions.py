"""`If-Match`: which version of a record a writer has seen (RFC 9110, 13.1.1; missing: RFC 6585, 3)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterportal.core.api.problems import Refused

_TAG = re.compile(r'(?:W/)?"?([^",]+)"?')
ANY = "*"


@dataclass(frozen=True)
class Version:
    """The versions of a record onto which its writer writes; `*` is any."""

    names: tuple[str, ...]

    def is_met(self, current: str) -> bool:
        return ANY in self.names or current in self.names

    def compare(self, current: str) -> None:
        """Raises the problem 412, which says what the version is now, unless the writer has seen it."""
        if not self.is_met(current):
            detail = _(
                "The record was changed since: read it again, and send your change with its present `version`."
            )
            raise Refused(412, detail, version=current)


def expected_version(header: str | None) -> Version:
    """What `If-Match` names: the `version` of a record, in quotes or without. Raises the problem 428 without it."""
    names = tuple(found.strip() for found in _TAG.findall(header or "") if found.strip())
    if not names:
        detail = _(
            "Say which version you change: send the record's `version` as If-Match, so that nobody's work is lost."
        )
        raise Refused(428, detail)
    return Version(names)
