"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, call, no_people, process
from clusterportal.imports.domain.cleaning import KEPT, KEPT_LEFT_BEHIND, KEPT_UNFINISHED
from clusterportal.imports.models import ImportProfile, ImportRepair, ImportRow, ImportRun

_FORGET = "imports.forget"
_RUN = Term(_("after the upload"), KEPT, _FORGET)
process(
    Activity(
        code="imports",
        name=_("Imported tables"),
        purpose=_("Taking grown tables over into the registry, with a preview, a report and a way back."),
        bases=(Basis.INTEREST,),
        people=_("People whom a table names"),
        recipients=_("Those who import it, and administrators"),
        kept=(
            Kept(ImportRun, ["file", "file_name", "message", "notes", "options"], _RUN, may_name=True),
            Kept(
                ImportRow, ["title", "changes", "problems", "normalised", "candidates"], _RUN, may_name=True
            ),
            Kept(ImportRow, ["kept", "cells"], _RUN, may_name=True),
            Kept(ImportRepair, ["before", "after", "heading"], _RUN, may_name=True),
            Kept(
                _("Tables that nobody went on with"),
                [_("File and preview")],
                Term(_("after the upload"), KEPT_UNFINISHED, _FORGET),
                may_name=True,
            ),
            Kept(
                _("Uploads that broke off"),
                [_("File")],
                Term(_("after the upload"), KEPT_LEFT_BEHIND, _FORGET),
                may_name=True,
            ),
            Kept(_("Reports of the command line"), [_("Rejected rows")], _RUN, may_name=True),
            Kept(ImportProfile, ["name", "options"], Term(_("as long as the profile stands")), may_name=True),
        ),
    )
)
no_people(ImportRow, "outcome", "decision", "digest", why="codes, and a digest of the row")
no_people(ImportRun, "counts", "undone", "digest", "language", why="numbers, codes, and a digest of the file")
call(
    ImportRow,
    _("Rows of imports"),
    title=_("Name"),
    changes=_("Changes"),
    problems=_("Problems"),
    normalised=_("Tidied values"),
    candidates=_("Entries that may be meant"),
    kept=_("Values that stay"),
    cells=_("Cells"),
)
call(ImportRepair, _("Corrected cells"), before=_("Before"), after=_("After"), heading=_("Column"))
