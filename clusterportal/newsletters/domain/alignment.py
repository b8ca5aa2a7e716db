"""Whether newsletters will be trusted: DMARC wants From, Return-Path and the DKIM signature of one domain (RFC 7489),

and RFC 8058 wants both headers of unsubscribing under the signature; without that no mail program shows the button.
"""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from urllib.parse import urlsplit

import dkim
from django.conf import settings
from django.utils.translation import gettext as _

from clusterportal.newsletters.domain.addresses import sender

SIGNED = ("from", "list-unsubscribe", "list-unsubscribe-post")
Line = tuple[bool, str]  # whether all is well, and a sentence


def examine_settings() -> Iterator[Line]:
    """What can be said without a mail."""
    address = sender()
    domain = _domain(address)
    is_local = not domain or "." not in domain or domain.replace(".", "").isdigit()
    yield not is_local, _("Newsletters come from %(address)s.") % {"address": address}
    name = address.rpartition("@")[0]
    yield (
        len(name) <= 20,
        _("Bounces go to %(name)s+…@%(domain)s, the same domain.")
        % {
            "name": name,
            "domain": domain,
        },
    )
    is_https = urlsplit(settings.SITE_URL).scheme == "https"
    yield (
        is_https,
        _("One-click unsubscribing needs an https address; links begin with %(site)s.")
        % {"site": settings.SITE_URL},
    )


def examine_mail(raw: bytes, *, ask_dns: Callable | bool = False) -> Iterator[Line]:
    """What a newsletter says that arrived at another mail server. `ask_dns`: also whether the signature is true."""
    message = message_from_bytes(raw)
    domain = _domain(parseaddr(str(message["From"] or ""))[1])
    yield bool(domain), _("From: %(domain)s") % {"domain": domain or "–"}
    returns = _domain(parseaddr(str(message["Return-Path"] or ""))[1])
    if message["Return-Path"] is None:
        yield False, _("The mail has no Return-Path: save it as it arrived, with all headers.")
    else:
        yield _is_aligned(returns, domain), _("Return-Path: %(domain)s") % {"domain": returns or "–"}
    for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"):
        yield message[name] is not None, _("Header %(name)s") % {"name": name}
    yield from _examine_signatures(message, raw, domain, ask_dns)


def _examine_signatures(
    message: Message, raw: bytes, domain: str, ask_dns: Callable | bool
) -> Iterator[Line]:
    tags = [_tags(str(value)) for value in message.get_all("DKIM-Signature", [])]
    aligned = [(place, one) for place, one in enumerate(tags) if _is_aligned(one.get("d", ""), domain)]
    if not aligned:
        others = ", ".join(one.get("d", "?") for one in tags) or _("none")
        yield False, _("No DKIM signature of the domain of From (found: %(domains)s).") % {"domains": others}
        return
    place, own = aligned[0]
    yield True, _("DKIM signature of %(domain)s") % {"domain": own["d"]}
    covered = {name.strip().lower() for name in own.get("h", "").split(":")}
    missing = [name for name in SIGNED if name not in covered]
    said = _("The signature covers both headers of unsubscribing.")
    if missing:
        said = _("The signature leaves out: %(names)s.") % {"names": ", ".join(missing)}
    yield not missing, said
    if ask_dns:
        given = {} if ask_dns is True else {"dnsfunc": ask_dns}
        try:
            is_true = dkim.DKIM(raw).verify(idx=place, **given)
        except dkim.DKIMException:
            is_true = False
        yield is_true, _("The signature fits the key in the DNS.")


def _tags(signature: str) -> dict[str, str]:
    """The tags of a signature, without the breaks of the lines."""
    pairs = (part.partition("=") for part in "".join(signature.split()).split(";"))
    return {name: value for name, sign, value in pairs if sign}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _is_aligned(one: str, other: str) -> bool:
    """Relaxed: the same domain, or one under the other."""
    one, other = one.lower(), other.lower()
    is_under = one.endswith(f".{other}") or other.endswith(f".{one}")
    return bool(one and other) and (one == other or is_under)
