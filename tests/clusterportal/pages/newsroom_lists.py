"""What tests of the newsroom's pages use."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.markup import markup_of

NEWS, EVENTS, STORIES = "/de/aktuelles/", "/de/termine/", "/de/erfolgsgeschichten/"
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int = 17, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=BERLIN)


def titles(page: str) -> list[str]:
    """The headlines of the rows, without soft hyphens."""
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", markup_of(page).replace("\xad", ""))
