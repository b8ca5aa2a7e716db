"""What refusals and bounces mean for an address: for good twice, or once where the mailbox does not exist."""

from django.db import transaction

from clusterportal.newsletters.enums import SuppressionReason
from clusterportal.newsletters.models import Bounce, IssueMail, Suppression

NO_MAILBOX = "5.1.1"
MOST_FOR_GOOD = 2  # mails refused for good until an address gets none any more


@transaction.atomic
def note(mail: IssueMail, *, status: str) -> None:
    """A mail was refused, or came back. The same news of the same mail counts once."""
    if not mail.to:
        return  # forgotten since
    Bounce.objects.get_or_create(mail=mail, status=status, defaults={"email": mail.to})
    if not status.startswith("5."):
        return
    for_good = Bounce.objects.filter(email=mail.to, status__startswith="5.")
    if status == NO_MAILBOX:
        reason = SuppressionReason.UNKNOWN
    elif for_good.values("mail").distinct().count() >= MOST_FOR_GOOD:
        reason = SuppressionReason.BOUNCED
    else:
        return
    Suppression.objects.get_or_create(email=mail.to, defaults={"reason": reason, "status": status})


def forget_passing(email: str) -> None:
    """A mail was taken: what was wrong for the time being is over."""
    Bounce.objects.filter(email=email, status__startswith="4.").delete()
