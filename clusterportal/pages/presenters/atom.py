"""Atom (RFC 4287) as readers need it: a feed that is unchanged says so."""

import re
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


# What XML 1.0 has no way to write. Markdown brings it in as a reference: `&#12;`.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    """One character that XML does not know would make all of it unreadable: it is left out."""

    def __init__(self, **said):
        super().__init__(**_writable(said))

    def add_item(self, **said):  # type: ignore[override]  # all callers name what they say
        super().add_item(**_writable(said))

    def latest_post_date(self):
        """Of the entries; Django would say now for a feed without any, so that it were never unchanged."""
        return max((one["updateddate"] for one in self.items), default=_NEVER)


def _writable(said: dict) -> dict:
    return {
        name: _NOT_IN_XML.sub("", value) if isinstance(value, str) else value for name, value in said.items()
    }


class ReadableFeed(Feed):
    """With whole texts, the language of each entry and the next page (RFC 5005).

    An entry has `content` (HTML) and `language` beside what Django knows; the feed has `next_url`.
    """

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html", "xml:base": item["link"]})
