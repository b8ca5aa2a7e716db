"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.bulk.models import ListColumns, SavedFilter, Selection
from clusterportal.history.processing import ACCOUNTS, Kept, Term, call, keep_for, no_people

keep_for(
    ACCOUNTS,
    Kept(SavedFilter, ["name", "query"], Term(_("as long as the account stands")), may_name=True),
)
no_people(ListColumns, "columns", why="names of columns")
call(ListColumns, _("Columns of lists"))
call(Selection, _("Selections"))
