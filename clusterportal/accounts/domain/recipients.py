"""People with accounts as recipients of mails."""

from django.conf import settings
from django.db.models import QuerySet

from clusterportal.accounts.models import User
from clusterportal.core.mailing import Recipient


def recipients_among(people: QuerySet[User]) -> list[Recipient]:
    """Those who can sign in and have an address, each in their language; one query."""
    reachable = people.filter(is_active=True).exclude(email="").order_by("pk")
    return [
        Recipient(email, language or settings.LANGUAGE_CODE)
        for email, language in reachable.values_list("email", "language")
    ]
