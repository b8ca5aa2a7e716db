"""Letters to the contacts of chosen actors: who gets one, what it says, and that it is sent.

Contact persons who never agreed to be published may still be written to by the people who look after their actor:
that is no publication, but contact within the cluster's work, in which both have a legitimate interest (GDPR, article
6, paragraph 1 f). Every letter therefore says how to object.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from actors.models import Actor, ContactPerson
from clusterportal.core.retention import A_YEAR_AND_QUESTIONS
from clusterportal.review.models import Representation
from clusterportal.teamwork.enums import Addressees
from clusterportal.teamwork.models import Letter, OutgoingMail
from clusterportal.teamwork.rules import can_write_letters

MOST_ACTORS = 1000  # of one letter
MOST_A_DAY = 1000  # mails of one person
FORGET_AFTER = A_YEAR_AND_QUESTIONS  # addresses
PLACEHOLDERS = ("name", "actor")
_PLACEHOLDER = re.compile(r"\{([^{}\n]{1,30})\}")


class LetterError(Exception):
    """The letter cannot be sent; the message says why, for people."""


@dataclass(frozen=True)
class Addressee:
    """One address, and the actors for which it is written to, the first one first."""

    address: str
    name: str
    actors: tuple[Actor, ...]

    @property
    def about(self) -> str:
        return ", ".join(actor.name for actor in self.actors)


@dataclass(frozen=True)
class Distribution:
    """Who gets a letter, and which actors have nobody to write to."""

    addressees: list[Addressee]
    without: list[Actor]

    @property
    def version(self) -> str:
        """Another one where other people would be written to."""
        shown = "\n".join(f"{one.address} {one.name} {one.about}" for one in self.addressees)
        return sha256(shown.encode()).hexdigest()[:16]


def distribution(*, actors: QuerySet[Actor], kinds: Collection[str], by) -> Distribution:
    """Each address once, in the order of the actors; only of actors that `by` works with. At most four queries.

    Raises PermissionDenied, LetterError.
    """
    if not can_write_letters(by):
        raise PermissionDenied
    chosen = list(
        Actor.objects.curated_by(by).filter(pk__in=actors.values("pk")).by_name()[: MOST_ACTORS + 1]
    )
    if len(chosen) > MOST_ACTORS:
        text = _("One letter goes to at most %(count)d actors. Please choose fewer.")
        raise LetterError(text % {"count": MOST_ACTORS})
    addresses = _addresses(chosen, kinds)
    found: dict[str, tuple[str, str, list[Actor]]] = {}
    for actor in chosen:
        for address, name in addresses.get(actor.pk, ()):
            of_this = found.setdefault(address.casefold(), (address, name, []))[2]
            if actor not in of_this:
                of_this.append(actor)
    return Distribution(
        [Addressee(address, name, tuple(of)) for address, name, of in found.values()],
        [actor for actor in chosen if actor.pk not in addresses],
    )


def _addresses(actors: list[Actor], kinds: Collection[str]) -> dict[int, list[tuple[str, str]]]:
    """Addresses and names by actor."""
    found: dict[int, list[tuple[str, str]]] = {}
    keys = [actor.pk for actor in actors]
    if Addressees.CONTACTS in kinds:
        people = ContactPerson.objects.filter(actor__in=keys).exclude(email="").order_by("position", "pk")
        for key, address, name in people.values_list("actor", "email", "name"):
            found.setdefault(key, []).append((address, name))
    if Addressees.REPRESENTATIVES in kinds:
        active = Representation.objects.active().filter(actor__in=keys, user__is_active=True)
        for one in active.exclude(user__email="").select_related("user"):
            found.setdefault(one.actor_id, []).append((one.user.email, one.user.get_full_name()))
    if Addressees.ACTOR in kinds:
        for actor in actors:
            if actor.email:
                found.setdefault(actor.pk, []).append((actor.email, actor.name))
    return found


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is none of ours, as somebody wrote it."""
    return [word for word in dict.fromkeys(_PLACEHOLDER.findall(text)) if word not in PLACEHOLDERS]


def filled(text: str, *, name: str, about: str) -> str:
    """The text for one person."""
    known = {"name": name or about, "actor": about}
    return _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)


def closing(*, language: str) -> str:
    """What stands below every letter: why it came, and how to object."""
    with override(language):
        text = _(
            "You receive this letter because your organisation stands in the register “%(site)s” and you are named "
            "there as its contact. If you do not want such letters, answer with a short “no, thank you”."
        )
        return text % {"site": settings.SITE_NAME}


def body(text: str, *, language: str) -> str:
    return f"{text.strip()}\n\n-- \n{closing(language=language)}\n"


@transaction.atomic
def send_letter(*, ticket: UUID, subject: str, text: str, to: Distribution, by) -> Letter:
    """Have a letter sent to everybody in `to`, one mail each. The same `ticket` again sends nothing more.

    Raises PermissionDenied, LetterError.
    """
    if not can_write_letters(by):
        raise PermissionDenied
    letter, is_new = Letter.objects.get_or_create(
        ticket=ticket,
        defaults={
            "subject": subject,
            "text": text,
            "by": by,
            "reply_to": by.email,
            "language": get_language() or settings.LANGUAGE_CODE,
        },
    )
    if not is_new:
        return letter
    if not by.email:
        raise LetterError(_("Your account has no e-mail address, so nobody could answer you."))
    if not to.addressees:
        raise LetterError(_("Nobody of these actors has an e-mail address."))
    _check_the_day(len(to.addressees), by)
    OutgoingMail.objects.bulk_create(
        OutgoingMail(letter=letter, actor=one.actors[0], to=one.address, name=one.name[:300], about=one.about)
        for one in to.addressees
    )
    return letter


def _check_the_day(count: int, by) -> None:
    day_ago = timezone.now() - timedelta(days=1)
    sent = OutgoingMail.objects.filter(letter__by=by, letter__created_at__gt=day_ago).count()
    if sent + count > MOST_A_DAY:
        text = _("At most %(most)d mails a day leave from one person; today %(left)d are left.")
        raise LetterError(text % {"most": MOST_A_DAY, "left": max(MOST_A_DAY - sent, 0)})


def text_of(mail: OutgoingMail) -> dict | None:
    """What a mail of a letter says, for `send_once`; None when the address is forgotten."""
    letter = mail.letter
    if not mail.to or letter is None:
        return None
    text = filled(letter.text, name=mail.name, about=mail.about)
    return {
        "subject": " ".join(filled(letter.subject, name=mail.name, about=mail.about).split()),
        "body": body(text, language=letter.language),
        "to": mail.to,
        "reply_to": letter.reply_to,
    }


def forget_addresses() -> int:
    """Erase names and addresses of old mails; returns how many."""
    old = OutgoingMail.objects.filter(letter__created_at__lt=timezone.now() - FORGET_AFTER).exclude(to="")
    return old.update(to="", name="")
