"""Whether newsletters will be trusted.

DMARC (RFC 7489) wants From, Return-Path and the DKIM signature of one domain. RFC 8058 wants both headers of
unsubscribing under the signature; without that no mail program shows the button.
"""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from urllib.parse import urlsplit

import dkim
from django.conf import settings
from django.utils.translation import gettext as _

from clusterportal.core.doctor import CheckResult
from clusterportal.newsletters.domain.addresses import sender

LONGEST_NAME = 20  # of 64 characters before the @: sign, key and seal take 44
SIGNED = ("from", "list-unsubscribe", "list-unsubscribe-post")
HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")


def examine_settings() -> Iterator[CheckResult]:
    """What can be said without a mail; for `doctor`. Of a portal that only this machine sees, nothing."""
    if not settings.IS_PUBLIC:
        return
    address = sender()
    name, domain = address.rpartition("@")[0], _domain(address)
    is_local = "." not in domain or domain.replace(".", "").isdigit()
    text = _("Newsletters come from %(address)s (NEWSLETTER_FROM).")
    yield CheckResult(not is_local, text % {"address": address})
    text = _(
        "Bounces go to %(name)s+…@%(domain)s; before the @ at most %(most)d characters leave room for the seal."
    )
    yield CheckResult(
        len(name) <= LONGEST_NAME, text % {"name": name, "domain": domain, "most": LONGEST_NAME}
    )
    is_https = urlsplit(settings.SITE_URL).scheme == "https"
    text = _("One-click unsubscribing needs https; links begin with %(address)s (SITE_URL).")
    yield CheckResult(is_https, text % {"address": settings.SITE_URL})


def point_to_the_mail() -> Iterator[CheckResult]:
    """What no setting tells, for `doctor`."""
    if settings.IS_PUBLIC:
        how = "send yourself a test mail, save it as it arrived, `manage.py check_newsletter_mail FILE --dns`"
        yield CheckResult(True, f"Whether newsletters are signed (DKIM) shows in one that arrived: {how}.")


def examine_mail(raw: bytes, *, ask_dns: Callable | bool = False) -> Iterator[CheckResult]:
    """What a newsletter says that arrived at another mail server. `ask_dns`: also whether the signature is true."""
    message = message_from_bytes(raw)
    domain = _domain(parseaddr(str(message["From"] or ""))[1])
    yield CheckResult(bool(domain), f"From: {domain or 'missing'}")
    returns = _domain(parseaddr(str(message["Return-Path"] or ""))[1])
    if message["Return-Path"] is None:
        yield CheckResult(False, "The mail has no Return-Path: save it as it arrived, with all headers.")
    else:
        yield CheckResult(_is_aligned(returns, domain), f"Return-Path: {returns or 'empty'}")
    for name in HEADERS:
        yield CheckResult(message[name] is not None, f"Header {name}")
    yield from _examine_signatures(message, raw, domain, ask_dns)


def _examine_signatures(
    message: Message, raw: bytes, domain: str, ask_dns: Callable | bool
) -> Iterator[CheckResult]:
    tags = [_tags(str(value)) for value in message.get_all("DKIM-Signature", [])]
    aligned = [(place, one) for place, one in enumerate(tags) if _is_aligned(one.get("d", ""), domain)]
    if not aligned:
        others = ", ".join(one.get("d", "?") for one in tags) or "none"
        yield CheckResult(False, f"No DKIM signature of the domain of From (found: {others}).")
        return
    place, own = aligned[0]
    yield CheckResult(True, f"DKIM signature of {own['d']}")
    covered = {name.strip().lower() for name in own.get("h", "").split(":")}
    missing = [name for name in SIGNED if name not in covered]
    said = f"leaves out {', '.join(missing)}" if missing else "covers From and both headers of unsubscribing"
    yield CheckResult(not missing, f"The signature {said}.")
    if ask_dns:
        given = {} if ask_dns is True else {"dnsfunc": ask_dns}
        try:
            is_true = dkim.DKIM(raw).verify(idx=place, **given)
        except dkim.DKIMException:
            is_true = False
        yield CheckResult(is_true, "The signature fits the key in the DNS.")


def _tags(signature: str) -> dict[str, str]:
    """The tags of a signature, without the breaks of the lines."""
    pairs = (part.partition("=") for part in "".join(signature.split()).split(";"))
    return {name: value for name, sign, value in pairs if sign}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _is_aligned(one: str, other: str) -> bool:
    """Relaxed: the same domain, or one under the other; a top-level domain is nobody's own."""
    one, other = one.lower(), other.lower()
    is_under = one.endswith(f".{other}") or other.endswith(f".{one}")
    return "." in one and "." in other and (one == other or is_under)
