"""What becomes of subscriptions, issues and addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(models.TextChoices):
    """How somebody reads the newsletter."""

    HTML = "html", _("designed")
    TEXT = "text", _("text only")


class StepKind(models.TextChoices):
    """What happened to a subscription after it was confirmed; kept as part of its proof."""

    CONFIRMED_AGAIN = "confirmed_again", _("Ordered and confirmed once more")
    CHANGED = "changed", _("Choice changed")
    ENDED = "ended", _("Unsubscribed")


class Way(models.TextChoices):
    """How a subscription ended."""

    ONE_CLICK = "one_click", _("by the mail program, with one click")
    PAGE = "page", _("on the page that the mail links to")
    MAIL = "mail", _("by a mail to the address for unsubscribing")
    TEAM = "team", _("by the cluster management, on request")
    BOUNCES = "bounces", _("because the address takes no mails")


class IssueState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    SENDING = "sending", pgettext_lazy("issue", "Being sent")
    HELD = "held", _("Held: please decide")
    SENT = "sent", pgettext_lazy("issue", "Sent")


class HoldReason(models.TextChoices):
    """Why an issue waits for a person."""

    LATE = "late", _("It is more than two hours late.")
    STALLED = "stalled", _("Sending stood still for more than two hours.")
    RESTORED = (
        "restored",
        _("The registry was restored from a backup; what went out after the backup is not known."),
    )
    EMPTY = "empty", _("Everything that it tells of was withdrawn.")
    STOPPED = "stopped", _("Somebody stopped it.")


class SuppressionReason(models.TextChoices):
    UNKNOWN = "unknown", _("The mailbox does not exist.")
    BOUNCED = "bounced", _("Mails were refused for good twice.")
    ASKED = "asked", _("The person wants no mails of this portal.")
