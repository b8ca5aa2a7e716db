"""What the mails say: plain text, in the language of whoever reads it, of the records as they are when it leaves.

Nobody writes them by hand, which they say (RFC 3834), and each but the one that asks ends by one click of the reader.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from clusterportal.core.mailing import leaving_headers
from clusterportal.core.signed_links import absolute
from clusterportal.partnering.domain.follower_links import CONFIRMATION, DECLINE, STOP
from clusterportal.partnering.domain.suggesting import suggestions_for
from clusterportal.partnering.enums import MailKind, Standing
from clusterportal.partnering.models import SearchMail

_TEMPLATES: dict[str, str] = {
    MailKind.CONFIRM: "mail/partnering/confirm.txt",
    MailKind.CHANGED: "mail/partnering/changed.txt",
    MailKind.ENDED: "mail/partnering/ended.txt",
    MailKind.SUGGESTIONS: "mail/partnering/suggestions.txt",
}


def text_of(mail: SearchMail) -> dict | None:
    """Subject, body, recipient and headers for `send_once`; None where it is needed no longer."""
    language = mail.follower.language if mail.follower else mail.choice.user.language if mail.choice else ""
    with override(language or settings.LANGUAGE_CODE):
        context = _to_follower(mail) if mail.follower else _to_representative(mail)
        if context is None:
            return None
        text = render_to_string(_TEMPLATES[mail.kind], context | {"site": settings.SITE_NAME})
    subject, _break, body = text.strip().partition("\n")
    leave = context.get("stop") or context.get("decline")
    return {
        "subject": " ".join(subject.split()),
        "body": body.strip() + "\n",
        "to": mail.to,
        "headers": {"Auto-Submitted": "auto-generated"} | (leaving_headers(leave) if leave else {}),
    }


def _to_follower(mail: SearchMail) -> dict[str, Any] | None:
    follower = mail.follower
    assert follower is not None  # as the caller found
    search, key = follower.search, str(follower.uid)
    if not search.actor.is_published:
        return None  # whom nobody sees any more is named in no mail either
    if mail.kind == MailKind.CONFIRM:
        if follower.confirmed_at or not search.is_published:
            return None
        # Nothing of the follower: the address may be somebody else's.
        return {"search": search, "link": CONFIRMATION.address(key, language=follower.language)}
    is_open = search.is_published and search.standing_on(timezone.localdate()) == Standing.OPEN
    if (mail.kind == MailKind.CHANGED) != is_open:
        return None  # it ended since, or goes on
    return {
        "search": search,
        "page": absolute(search.get_absolute_url()) if search.is_published else "",
        "stop": STOP.address(key, language=follower.language),
    }


def _to_representative(mail: SearchMail) -> dict[str, Any] | None:
    choice = mail.choice
    assert choice is not None  # as the table's constraint says
    if choice.declined_at or not choice.user.is_active:
        return None
    found = suggestions_for(choice.user, since=mail.since)
    if not found:
        return None
    return {
        "suggestions": found,
        "site_url": settings.SITE_URL.rstrip("/"),
        "decline": DECLINE.address(str(choice.uid), language=choice.user.language or settings.LANGUAGE_CODE),
    }
