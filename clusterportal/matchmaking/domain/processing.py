"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, no_people, process
from clusterportal.matchmaking.domain.participant_links import VALID_FOR
from clusterportal.matchmaking.models import (
    Event,
    MeetingMail,
    Participation,
    Programme,
    Representative,
    SchedulePlan,
    Talk,
)

_FORGET = "matchmaking.forget"
_OVER = Term(_("some months after the event, as many as it says itself"), job=_FORGET)
_TEXT = Term(_("as long as the event stands"))
process(
    Activity(
        code="matchmaking",
        name=_("Matchmaking events"),
        purpose=_("Planning and holding talks between organisations, and writing to those who come."),
        bases=(Basis.CONSENT, Basis.CONTRACT),
        people=_("People who come for an organisation"),
        recipients=_("The organisers; of names the organisations with which somebody talks"),
        kept=(
            Kept(
                Representative,
                ["name", "email", "language", "consent_at", "consent_text", "confirmed_at", "is_here"],
                _OVER,
            ),
            Kept(MeetingMail, ["to"], _OVER),
            Kept(_("Wishes for talks"), [_("Who wishes to meet whom")], _OVER),
            Kept(
                _("Registrations that nobody confirmed"),
                [_("All details")],
                Term(_("and a day after they were written"), VALID_FOR, _FORGET),
            ),
            Kept(Participation, ["organisation"], _TEXT, may_name=True),
            Kept(Talk, ["outcome"], _TEXT, may_name=True),
            Kept(
                Event,
                ["title", "description", "topic", "result", "place", "source"],
                _TEXT,
                may_name=True,
            ),
            Kept(
                Programme,
                ["name", "description", "source"],
                Term(_("as long as the programme stands")),
                may_name=True,
            ),
        ),
    )
)
no_people(Event, "slug", "timezone", why="an address made of the title; a code")
no_people(Programme, "slug", why="an address made of the name")
no_people(MeetingMail, "reason", why="what a mail server answered, without the address")
no_people(SchedulePlan, "stage", "solver", "digest", "findings", why="numbers and codes of the solver")
