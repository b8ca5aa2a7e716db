"""What the room keeps of people, for the record of processing."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, call, no_people, process
from clusterportal.newsletters.domain.reader_links import KEPT_UNCONFIRMED
from clusterportal.newsletters.domain.retention import ADDRESSES_KEPT
from clusterportal.newsletters.models import (
    Bounce,
    ConfirmationMail,
    Declaration,
    Issue,
    IssueEdition,
    IssueItem,
    IssueMail,
    MailingList,
    Order,
    Subscription,
    SubscriptionStep,
    Suppression,
)

_FORGET = "newsletters.forget"
_PROOF = Term(
    _("to the end of the third year after the subscription ended, as proof of the consent"), job=_FORGET
)
_SENT = Term(_("after the issue was sent"), ADDRESSES_KEPT, _FORGET)
_NETWORK = timedelta(days=settings.NEWSLETTER_NETWORK_DAYS) or None
process(
    Activity(
        code="newsletters",
        name=_("Newsletters"),
        purpose=_("Sending newsletters to those who ordered them, and proving that they agreed."),
        bases=(Basis.CONSENT, Basis.DUTY),
        people=_("Subscribers"),
        recipients=_("The provider of the mail server; the team of the mailing list"),
        kept=(
            Kept(Order, ["email", "page"], _PROOF),
            Kept(
                _("Orders that nobody confirmed"),
                [_("All details")],
                Term(_("after the order"), KEPT_UNCONFIRMED, _FORGET),
            ),
            Kept(
                Order,
                ["network"],
                Term(_("after the order"), _NETWORK, _FORGET)
                if _NETWORK
                else Term(_("not kept: switched off"), job=_FORGET),
            ),
            Kept(ConfirmationMail, ["to", "text"], _PROOF),
            Kept(Subscription, ["email", "confirmed_at", "ended_at"], _PROOF),
            Kept(SubscriptionStep, ["detail"], _PROOF),
            Kept(IssueMail, ["to"], _SENT),
            Kept(Bounce, ["email"], _SENT),
            Kept(
                Suppression,
                ["email"],
                Term(_("until the address takes mails again or is erased, so that it gets no more mails")),
            ),
        ),
    )
)
process(
    Activity(
        code="issues",
        name=_("Issues of newsletters"),
        purpose=_("Telling the public what is new in the region."),
        bases=(Basis.INTEREST,),
        people=_("People whom a text names"),
        recipients=_("Subscribers and visitors of the archive"),
        kept=(
            Kept(Issue, ["title", "introduction"], Term(_("as long as the issue stands")), may_name=True),
            Kept(IssueItem, ["title", "lead"], Term(_("as long as the issue stands")), may_name=True),
            Kept(IssueEdition, ["content"], Term(_("as long as the issue stands")), may_name=True),
            Kept(MailingList, ["reply_to"], Term(_("as long as the list stands")), may_name=True),
        ),
    )
)
no_people(Declaration, "language", "text", "digest", why="the wording of a consent, the same for everybody")
no_people(Order, "language", why="a code")
no_people(ConfirmationMail, "reason", why="what a mail server answered, without the address")
no_people(IssueMail, "reason", why="what a mail server answered, without the address")
no_people(Bounce, "status", why="a code of the mail server")
no_people(Suppression, "status", why="a code of the mail server")
no_people(Issue, "slug", why="made of a number and a date")
no_people(IssueEdition, "language", why="a code")
no_people(IssueItem, "url", why="the address of a page of the portal, or of an organisation")
no_people(MailingList, "slug", "name", "description", why="what the list is about")
call(SubscriptionStep, _("Steps of subscriptions"))
call(IssueEdition, _("Issues as they were sent"))
