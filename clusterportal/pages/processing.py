"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Kept, Term, keep_for, no_people
from clusterportal.pages.models import GlossaryEntry, TextPage

keep_for(
    "newsroom",
    Kept(TextPage, ["title", "body"], Term(_("as long as the page stands")), may_name=True),
)
no_people(TextPage, "slug", why="an address that the portal sets")
no_people(GlossaryEntry, "slug", "term", "definition", why="explanations of words")
