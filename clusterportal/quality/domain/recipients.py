"""Whom to ask about an actor. The portal may name its representatives by `settings.QUALITY_RECIPIENTS`."""

from django.conf import settings
from django.utils.module_loading import import_string

from actors.models import Actor
from clusterportal.core.mailing import Recipient

GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI", "LU"})


def recipients_of(actor: Actor) -> list[Recipient]:
    """Who is asked about `actor`; the actor's own address where nobody represents it."""
    return import_string(settings.QUALITY_RECIPIENTS)(actor) or own_address(actor)


def own_address(actor: Actor) -> list[Recipient]:
    """The e-mail that the entry itself names."""
    if not actor.email:
        return []
    wanted = "de" if actor.country in GERMAN_SPEAKING else "en"
    known = wanted in dict(settings.LANGUAGES)
    return [Recipient(actor.email, wanted if known else settings.LANGUAGE_CODE)]
