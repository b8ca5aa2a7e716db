"""Hosts of web addresses: what is shown of a link, and what tells sites apart."""

import re

# As `functions.Host` finds it in the database.
_HOST = re.compile(r"[a-z]+://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)", re.I)


def host_of(address: str) -> str:
    """The host of a web address in small letters, without www; empty where there is none."""
    found = _HOST.match(address)
    return found[1].lower() if found else ""
