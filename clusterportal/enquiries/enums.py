"""What becomes of an enquiry, and to whom its mails go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailKind(models.TextChoices):
    """`STAND_IN`: to the cluster management or the operator, where an actor has no address of its own."""

    CONFIRM = "confirm", _("To the visitor, to be confirmed")
    RECEIVER = "receiver", _("To whom it is addressed")
    STAND_IN = "stand_in", _("In place of an actor without an address")
    COPY = "copy", _("Copy to the cluster management")


TO_RECEIVERS = frozenset({MailKind.RECEIVER, MailKind.STAND_IN})


class EnquiryState(models.TextChoices):
    """Not stored: it follows from the enquiry and its mails (`EnquiryQuerySet.with_state`)."""

    UNCONFIRMED = "unconfirmed", _("E-mail not confirmed")
    ON_THE_WAY = "on_the_way", _("On the way")
    SENT = "sent", _("Passed on")
    UNCLEAR = "unclear", _("Unclear whether it was sent")
    REFUSED = "refused", _("Not delivered")
    UNADDRESSED = "unaddressed", _("Nobody has an address: please pass it on")
    EXPIRED = "expired", _("Expired: the visitor’s data are erased")
