"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, call, no_people, process
from clusterportal.partners.domain.feed import KEPT
from clusterportal.partners.domain.idempotency import KEPT_FOR as ANSWERS_KEPT
from clusterportal.partners.domain.usage import KEPT_FOR as USE_KEPT
from clusterportal.partners.domain.webhooks.runner import KEPT as ATTEMPTS_KEPT
from clusterportal.partners.models import (
    ApiKey,
    Dump,
    FeedEntry,
    FeedNote,
    FeedState,
    KeptAnswer,
    Partner,
    RequestCount,
    ToldRecord,
    WebhookAttempt,
    WebhookEndpoint,
    WebhookMail,
    WebhookOrder,
)

_PARTNER = Term(_("as long as the partner has access"))
process(
    Activity(
        code="api_partners",
        name=_("Partners of the interface"),
        purpose=_("Giving partner sites access to the registry, and reaching them when something is wrong."),
        bases=(Basis.CONTRACT,),
        people=_("Contact persons of partners"),
        recipients=_("Administrators"),
        kept=(
            Kept(Partner, ["contact_name", "contact_email", "terms_accepted_by"], _PARTNER),
            Kept(Partner, ["name", "purpose"], _PARTNER, may_name=True),
            Kept(ApiKey, ["name"], _PARTNER, may_name=True),
            Kept(WebhookEndpoint, ["url", "description"], _PARTNER, may_name=True),
            Kept(WebhookMail, ["to"], _PARTNER),
            Kept(
                _("Use of the interface"),
                [_("Number of answers by key and day")],
                Term(_("after the day"), USE_KEPT, "partners.forget_old_counts"),
            ),
            Kept(
                RequestCount,
                ["client"],
                Term(
                    _("until the window of the limit is over, at most a day; a fingerprint, no address"),
                    job="partners.forget_old_counts",
                ),
            ),
        ),
    )
)
process(
    Activity(
        code="public_data",
        name=_("Public data for partner sites"),
        purpose=_("Letting partners copy the public registry, and keep their copy in step with it."),
        bases=(Basis.CONSENT, Basis.INTEREST),
        people=_("Contact persons who agreed to be published"),
        recipients=_("Everybody, worldwide"),
        kept=(
            Kept(
                KeptAnswer,
                ["request", "body"],
                Term(_("after the answer"), ANSWERS_KEPT, "partners.forget_answers"),
                may_name=True,
            ),
            Kept(
                WebhookAttempt,
                ["request", "answer", "reason"],
                Term(_("after the delivery"), ATTEMPTS_KEPT, "partners.forget_old_attempts"),
                may_name=True,
            ),
            Kept(
                FeedEntry,
                ["slug"],
                Term(_("after the change"), KEPT, "partners.forget_old_entries"),
                may_name=True,
            ),
            Kept(ToldRecord, ["slug"], Term(_("as long as the record is public")), may_name=True),
            Kept(
                _("Dumps of the public registry"),
                [_("What is public")],
                Term(
                    _("until the next night; anew at once when something is no longer public"),
                    job="partners.keep_dumps",
                ),
                may_name=True,
            ),
        ),
    )
)
no_people(ApiKey, "prefix", "scopes", why="random letters; codes of rights")
no_people(Dump, "epoch", "counts", "sha256", why="random letters, numbers and a digest")
no_people(FeedEntry, "fields", why="names of columns")
no_people(FeedNote, "object", why="names of models")
no_people(FeedState, "epoch", why="random letters")
no_people(KeptAnswer, "token", "headers", why="random letters, and heads of an answer without cookies")
no_people(ToldRecord, "digests", why="digests of public values")
no_people(WebhookAttempt, "event", "type", why="numbers and codes of the change")
no_people(WebhookEndpoint, "epoch", "objects_told", "ops_told", why="random letters and codes")
no_people(WebhookMail, "reason", "language", why="what a mail server answered, without the address")
no_people(WebhookOrder, "reason", why="why it was ordered, as a code")
call(WebhookOrder, _("Orders of deliveries"))
call(WebhookMail, _("Mails about webhooks"))
call(RequestCount, _("Counts of limits"), client=_("Fingerprint"))
call(KeptAnswer, _("Kept answers"), request=_("Request"), body=_("Answer"))
call(WebhookAttempt, _("Deliveries"))
call(FeedEntry, _("Feed of changes"), slug=_("Address"))
call(ToldRecord, _("Records that partners know of"), slug=_("Address"))
