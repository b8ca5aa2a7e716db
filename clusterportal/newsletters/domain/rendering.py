"""Issues as mails: text, and HTML with its styles in the elements, because mail programs want it so.

No pixel, no counted link: nobody knows who read what. What differs from mail to mail is put in at the end.
"""

from dataclasses import dataclass
from datetime import datetime

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterportal.core.signed_links import absolute
from clusterportal.newsletters.domain.composing import Content

# Of one recipient, put in for each mail; no text of ours holds such words.
_WHY, _LEAVE, _CHOICE = "@@why@@", "@@leave@@", "@@choice@@"
_inliner = css_inline.CSSInliner(
    keep_style_tags=True, keep_at_rules=True, remove_inlined_selectors=True, load_remote_stylesheets=False
)


@dataclass(frozen=True)
class Reader:
    """What of a mail is one person’s: since when they read which list, and their links."""

    list_name: str
    since: datetime
    leave: str
    choice: str


@dataclass(frozen=True)
class Rendered:
    """An issue in one language, set for everybody."""

    subject: str
    text: str
    html: str
    language: str

    def for_reader(self, reader: Reader) -> tuple[str, str]:
        """Text and HTML of one mail."""
        with override(self.language):
            why = _(
                "You receive this message because you ordered and confirmed the newsletter “%(list)s” on %(day)s."
            ) % {
                "list": reader.list_name,
                "day": date_format(timezone.localtime(reader.since), "DATE_FORMAT"),
            }
        text, html = self.text, self.html
        for mark, value in ((_WHY, why), (_LEAVE, reader.leave), (_CHOICE, reader.choice)):
            text, html = text.replace(mark, value), html.replace(mark, escape(value))
        return text, html


def rendered(content: Content, *, slug: str, language: str) -> Rendered:
    """Set an issue; `slug` names its page in the archive."""
    with override(language):
        context = {
            "content": content,
            "site": settings.SITE_NAME,
            "language": language,
            "why": _WHY,
            "leave": _LEAVE,
            "choice": _CHOICE,
            "page": absolute(reverse("pages:newsletter-issue", args=[slug])),
            "imprint": absolute(reverse("pages:imprint")),
        }
        html = render_to_string("mail/newsletters/issue.html", context)
        text = render_to_string("mail/newsletters/issue.txt", context)
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    subject = " ".join(f"{settings.SITE_NAME}: {content['title']}".split())
    return Rendered(subject, f"{lines}\n", _inliner.inline(html), language)
