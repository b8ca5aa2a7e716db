"""Names, places and addresses in a form in which different spellings of the same thing are equal."""

import re
import unicodedata

from clusterportal.core.spelling import spelling
from clusterportal.core.web_hosts import host_of
from clusterportal.intake.identity.legal_forms import without_legal_form, words_of
from clusterportal.places.own_names import SAME_TOWN

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
# Unicode's category Cf, as far as it stands in texts: soft hyphen, direction marks, joiners, byte order mark.
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_QUOTES = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›"), None)
# Hosts with pages of many organisations.
_SHARED_SITES = (
    "facebook.com", "linkedin.com", "instagram.com", "xing.com", "sites.google.com", "wikipedia.org",
    "youtube.com", "twitter.com", "x.com", "jimdosite.com", "jimdofree.com", "wixsite.com", "wordpress.com",
    "github.io", "business.site",
)  # fmt: skip
_SHARED_ENDS = tuple(f".{site}" for site in _SHARED_SITES)
_TOWN_FILLERS = {
    "stadt", "landeshauptstadt", "hansestadt", "an", "am", "der", "dem", "den", "im", "in", "bei", "ob", "vor", "a",
    "b", "d", "i", "o", "u", "v",
}  # fmt: skip
_SAINTS = {"st": "sankt", "skt": "sankt"}
_STREETS = re.compile(r"(strasse|str)(?=\s|\d|$)")


def name_key(name: str) -> str:
    """A name without its legal form, folded; `full_name_key` where no letter would be left."""
    return " ".join(without_legal_form(words_of(without_invisible(name)))) or full_name_key(name)


def full_name_key(name: str) -> str:
    """A name with its legal form; case, quotes, kinds of dashes and invisible signs do not matter."""
    text = without_invisible(name)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return " ".join(text.translate(_QUOTES).casefold().split())


def without_invisible(text: str) -> str:
    """The text without direction marks, soft hyphens, blanks without width."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def site_of(address: str) -> str:
    """The host of a web address without www; empty for sites that many organisations share."""
    host = host_of(address)
    return "" if host.endswith(_SHARED_SITES) and f".{host}".endswith(_SHARED_ENDS) else host


def is_other_site(one: str, other: str) -> bool:
    """Whether two hosts belong to different sites; subdomains and other countries' endings are the same site."""
    if not one or not other or one == other or one.endswith(f".{other}") or other.endswith(f".{one}"):
        return False
    return _own_label(one) != _own_label(other)


def _own_label(host: str) -> str:
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2:  # example.co.uk
        return labels[-3]
    return labels[-2] if len(labels) > 1 else host


def town_key(town: str) -> str:
    """A town, folded, under its own name, without words such as "Stadt" and "am"."""
    folded = spelling(without_invisible(town))
    # The first word once more: Prag 5 is in Prague.
    first, _, more = (SAME_TOWN.get(folded) or folded).partition(" ")
    words = [_SAINTS.get(word, word) for word in (SAME_TOWN.get(first, first), *more.split())]
    return " ".join(word for word in words if word not in _TOWN_FILLERS) or " ".join(words)


def is_other_town(one: str, other: str) -> bool:
    """Whether two keys are different towns: Frankfurt may be Frankfurt am Main, Leipzig-Plagwitz is Leipzig."""
    if not one or not other or one == other:
        return False
    (first, *more), (other_first, *other_more) = one.split(), other.split()
    return first != other_first or not all(
        a.startswith(b) or b.startswith(a) for a, b in zip(more, other_more, strict=False)
    )


def postcode_key(postcode: str) -> str:
    """A postcode without the letters of its country, blanks, and the leading zeros that spreadsheets lose."""
    bare = re.sub(r"^[A-Za-z]{1,3}[- ]+(?=\d)|[\s.-]", "", postcode).upper()
    return bare.lstrip("0") or bare


def street_key(street: str) -> str:
    """A street with its number, folded; Straße and Str. are equal."""
    return _STREETS.sub("str", spelling(street)).replace(" ", "")


def phone_key(phone: str) -> str:
    """The digits of a telephone number without country code and leading zeros; empty for what is too short."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(\+49|0049)[\s(]*0?", "", phone).replace("(0)", ""))
    digits = digits.lstrip("0")
    return digits if len(digits) >= 6 else ""
