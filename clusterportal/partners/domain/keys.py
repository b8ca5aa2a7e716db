"""Keys of the API: made, found, revoked, replaced.

A key reads `cp_<8 characters>_<32 characters><6 characters>`: what it is known by, the secret (190 bits), and a check
sum by which a damaged key, and anything that only looks like one, is told without asking the database. The fixed
beginning lets scanners find keys that were published by mistake.
"""

import re
import secrets
import string
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from hmac import compare_digest
from zlib import crc32

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.accounts.enums import Role
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster
from clusterportal.core.slugs import slug_of, unused
from clusterportal.partners.enums import WRITE, Scope
from clusterportal.partners.models import ApiKey, Partner
from clusterportal.partners.rules import can_manage

_LETTERS = string.ascii_letters + string.digits
_NAME, _SECRET, _SUM = 8, 32, 6  # characters
_KEY = re.compile(f"(cp_[A-Za-z0-9]{{{_NAME}}})_[A-Za-z0-9]{{{_SECRET + _SUM}}}", re.ASCII)
OVERLAP = timedelta(days=7)  # how long a replaced key goes on working


class CannotMakeKey(Exception):
    """No key can be made; the message says why."""


# ---------- the text of a key ----------
def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _letter in range(length))


def _check_sum(text: str) -> str:
    """CRC-32 in base 62: finds what was copied wrongly; it keeps no secret."""
    number, letters = crc32(text.encode()), ""
    for _place in range(_SUM):
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter]
    return letters


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def prefix_of(text: str) -> str | None:
    """What the key `text` is known by; None if it is no key."""
    match = _KEY.fullmatch(text)
    return match[1] if match and _check_sum(text[:-_SUM]) == text[-_SUM:] else None


# ---------- what partners bring ----------
def find(text: str) -> ApiKey | None:
    """The key that reads `text`, with its partner, if it works today."""
    if (prefix := prefix_of(text)) is None:
        return None
    key = ApiKey.objects.select_related("partner__account").filter(prefix=prefix).first()
    is_it = compare_digest(_digest(text), key.digest if key else _digest(""))
    return key if key is not None and is_it and key.is_usable else None


def write_scope(cluster: Cluster) -> str:
    """The scope to write actors of `cluster`, as keys store it."""
    return f"{WRITE}:{cluster.uid}"


def writable_clusters(key: ApiKey):
    """The clusters whose actors the key may write."""
    uids = [one.removeprefix(f"{WRITE}:") for one in key.scopes if one.startswith(f"{WRITE}:")]
    return Cluster.objects.filter(uid__in=uids)


# ---------- what administrators do ----------
@transaction.atomic
def admit(*, partner: Partner, by) -> None:
    """Save a new partner, with an account that nobody can sign in with, for the history. Raises PermissionDenied."""
    _check(by)
    base = f"partner-{slug_of(partner.name, length=60)}"
    taken = {*User.objects.filter(username__startswith=base).values_list("username", flat=True)}
    account = User(username=unused(base, taken), role=Role.PARTNER, is_active=False)
    account.set_unusable_password()
    account.save()
    partner.account = account
    partner.save()


def scopes_in_words() -> dict[str, str]:
    """What keys may do beyond reading, cluster by cluster, in the order of forms; by the scope as keys store it."""
    words = {one.value: str(one.label) for one in Scope if one != Scope.READ}
    for cluster in Cluster.objects.all():
        words[write_scope(cluster)] = _("change the actors of %(cluster)s") % {"cluster": cluster}
    return words


def why_none(partner: Partner, expires_on: date | None) -> str:
    """Why the partner gets no key that ends on that day; empty if it does."""
    if not partner.is_active:
        return _("The partner is switched off.")
    if partner.terms_accepted_at is None:
        return _("The partner has not accepted the terms yet.")
    if expires_on is not None and expires_on < timezone.localdate():
        return _("The last day is over already.")
    return ""


@transaction.atomic
def create(
    *, partner: Partner, name: str, scopes: Iterable[str] = (), expires_on: date | None = None, by
) -> tuple[ApiKey, str]:
    """A new key and its text, which nobody can read again. Every key may read.

    Raises PermissionDenied, CannotMakeKey.
    """
    _check(by)
    if reason := why_none(partner, expires_on):
        raise CannotMakeKey(reason)
    beginning = f"cp_{_random(_NAME)}_{_random(_SECRET)}"
    text = beginning + _check_sum(beginning)
    key = ApiKey.objects.create(
        partner=partner,
        name=name,
        prefix=str(prefix_of(text)),
        digest=_digest(text),
        scopes=known_scopes(scopes),
        expires_on=expires_on,
    )
    return key, text


def known_scopes(scopes: Iterable[str]) -> list[str]:
    """`scopes` and reading, each once and in one order. Raises CannotMakeKey for one that does not exist."""
    known = [Scope.READ.value, *scopes_in_words()]
    given = {Scope.READ.value, *map(str, scopes)}
    if unknown := given - {*known}:
        raise CannotMakeKey(_("There is no such right: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    return [one for one in known if one in given]


@transaction.atomic
def revoke(*, key: ApiKey, by) -> None:
    """Nothing works with the key from the next request on. Raises PermissionDenied."""
    _check(by)
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    key.refresh_from_db(fields=["revoked_at"])


@transaction.atomic
def rotate(*, key: ApiKey, by) -> tuple[ApiKey, str]:
    """A successor with the same rights; the old key goes on for `OVERLAP`, so that nothing stands still meanwhile.

    Raises PermissionDenied, CannotMakeKey.
    """
    scopes = [one for one in key.scopes if one in scopes_in_words()]  # without clusters that are gone
    made = create(partner=key.partner, name=key.name, scopes=scopes, expires_on=key.expires_on, by=by)
    last_day = timezone.localdate() + OVERLAP
    key.expires_on = min(last_day, key.expires_on or last_day)
    key.save(update_fields=["expires_on"])
    return made


def _check(by) -> None:
    if not can_manage(by):
        raise PermissionDenied
