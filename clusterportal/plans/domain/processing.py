"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Kept, Term, keep_for, no_people
from clusterportal.plans.models import Action, ActionPlan, GapDecision, Milestone, Participant, SwotEntry

_STANDS = Term(_("as long as the action plan stands"))
keep_for(
    "clusters",
    Kept(Action, ["responsible_words"], _STANDS),
    Kept(Participant, ["words"], _STANDS),
    Kept(Action, ["title", "topic", "state_reason", "source"], _STANDS, may_name=True),
    Kept(ActionPlan, ["title", "summary", "source"], _STANDS, may_name=True),
    Kept(GapDecision, ["reason"], _STANDS, may_name=True),
    Kept(Milestone, ["title"], _STANDS, may_name=True),
    Kept(SwotEntry, ["text"], _STANDS, may_name=True),
)
no_people(Action, "slug", why="an address made of the title")
no_people(ActionPlan, "slug", why="an address made of the title")
no_people(SwotEntry, "query", why="filters of the directory")
