"""The recipients of questions about an actor.

Its representatives, whom another room knows: `settings.QUALITY_RECIPIENTS` names the function to ask."""

from django.conf import settings
from django.utils.module_loading import import_string

from actors.models import Actor
from clusterportal.core.mailing import Recipient

GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI", "LU"})


def recipients_of(actor: Actor) -> list[Recipient]:
    """The representatives of `actor`; where it has none, its own address."""
    return import_string(settings.QUALITY_RECIPIENTS)(actor) or own_address(actor)


def own_address(actor: Actor) -> list[Recipient]:
    """The e-mail address in the entry, in the language of its country; empty when there is none."""
    if not actor.email:
        return []
    wanted = "de" if actor.country in GERMAN_SPEAKING else "en"
    known = wanted in dict(settings.LANGUAGES)
    return [Recipient(actor.email, wanted if known else settings.LANGUAGE_CODE)]
