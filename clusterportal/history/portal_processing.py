"""What the portal itself keeps of people: accounts, sessions, the history, mails that wait, counts of limits.

Tables of the ground floor and of libraries are declared here, because those know nobody.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.core.jobs import FAILED_KEPT, KEPT
from clusterportal.core.models import Count
from clusterportal.history.log_entries import LOG_KEPT
from clusterportal.history.models import Erasure, VersionLoss
from clusterportal.history.processing import ACCOUNTS, Activity, Basis, Kept, Term, call, no_people, process

_WITH_ACCOUNT = Term(_("as long as the account stands; an administrator erases it"))

process(
    Activity(
        code=ACCOUNTS,
        name=_("Accounts"),
        purpose=_(
            "Letting those work with the registry who may, and showing the team who is in charge of what and who did "
            "what."
        ),
        bases=(Basis.CONTRACT, Basis.INTEREST),
        people=_("Administrators, cluster managers, editors, viewers, representatives of organisations"),
        recipients=_("Administrators; of names the other people who work with the registry"),
        kept=(
            Kept(
                get_user_model(),
                ["username", "first_name", "last_name", "email", "password", "language", "last_login"],
                _WITH_ACCOUNT,
            ),
            Kept(EmailAddress, ["email"], _WITH_ACCOUNT),
            Kept(Authenticator, ["data"], _WITH_ACCOUNT),
            Kept(
                Session,
                ["session_data"],
                Term(
                    _("after the last visit"),
                    timedelta(seconds=settings.SESSION_COOKIE_AGE),
                    "clusterportal.core.tasks.clear_sessions",
                ),
            ),
        ),
    )
)
process(
    Activity(
        code="history",
        name=_("History of the registry"),
        purpose=_(
            "Proving who changed what and when, and taking mistakes back. Earlier values of records are kept with them."
        ),
        bases=(Basis.INTEREST,),
        people=_("People who work with the registry, and people whom earlier versions of records name"),
        recipients=_("Administrators; of their clusters' records those who work with them"),
        kept=(
            Kept(
                Context,
                ["metadata"],
                Term(_("as long as the registry stands; an administrator erases a person from it")),
            ),
            Kept(
                LogEntry,
                ["object_repr", "change_message"],
                Term(_("after the act"), LOG_KEPT, "history.forget"),
            ),
        ),
    )
)
process(
    Activity(
        code="mails",
        name=_("Mails and other jobs that wait"),
        purpose=_("Sending a mail once and for all, also when a server is away for a while."),
        bases=(Basis.CONTRACT, Basis.INTEREST),
        people=_("Everybody to whom the portal writes"),
        recipients=_("The provider of the mail server, and the recipient"),
        kept=(
            Kept(ProcrastinateJob, ["args"], Term(_("after it was done"), KEPT, "core.clear_jobs")),
            Kept(
                _("Jobs that failed"),
                [_("Parameters")],
                Term(_("after the last attempt"), FAILED_KEPT, "core.clear_jobs"),
            ),
        ),
    )
)
process(
    Activity(
        code="visits",
        name=_("Visits of the pages"),
        purpose=_("Delivering pages, and keeping programs away that try passwords or flood forms."),
        bases=(Basis.INTEREST,),
        people=_("Visitors of the pages and users of the interface"),
        recipients=_("The provider of the server"),
        kept=(
            Kept(
                Count,
                ["cache_key", "value"],
                Term(
                    _("at most after the longest limit of sign-in is over; fingerprints, no addresses"),
                    job="core.clear_jobs",
                ),
            ),
            Kept(
                _("Log of the server in front of the portal"),
                [_("Network address, time, requested address, kind of browser")],
                Term(
                    _(
                        "as long as the operator of that server sets; the portal itself writes no network address"
                    )
                ),
            ),
        ),
    )
)
no_people(Group, "name", why="names of groups of rights")
no_people(Session, "session_key", why="random letters")
no_people(Erasure, "counts", why="numbers by kind of record")
no_people(
    VersionLoss,
    "transaction",
    "versions",
    "how",
    why="number of a transaction, name of a table, kind of loss",
)
no_people(LogEntry, "object_id", why="the key of a record")
no_people(
    ProcrastinateJob, "queue_name", "task_name", "lock", "queueing_lock", why="names of tasks and their locks"
)
no_people(EmailConfirmation, "key", why="random letters")
_User = get_user_model()
call(Context, _("Acts"), metadata=_("Account, sign-in name and reason"))
call(Authenticator, _("Second factors"), data=_("Secrets, encrypted"))
call(_User.groups.through, _("Members of groups"))
call(_User.user_permissions.through, _("Rights of single accounts"))
call(ProcrastinateJob, _("Jobs"), args=_("Recipient, subject and text of a mail"))
call(Count, _("Counts of limits"), cache_key=_("Fingerprint"), value=_("Number"))
