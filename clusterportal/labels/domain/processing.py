"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Kept, Term, call, keep_for, no_people
from clusterportal.history.unused_files import KEPT_FOR
from clusterportal.labels.models import (
    CriteriaAssessment,
    CriteriaSet,
    Criterion,
    Label,
    LabelReminder,
    Proof,
)

_STANDS = Term(_("as long as the assessment stands"))
keep_for(
    "clusters",
    Kept(CriteriaAssessment, ["remark", "findings"], _STANDS, may_name=True),
    Kept(Proof, ["file", "name"], _STANDS, may_name=True),
    Kept(
        _("Files of deleted assessments"),
        [_("File")],
        Term(_("after the assessment was deleted"), KEPT_FOR, "labels.note_reminders"),
        may_name=True,
    ),
    Kept(LabelReminder, ["to"], Term(_("as long as the label stands"))),
)
no_people(CriteriaAssessment, "edition", why="the edition of a list of criteria")
no_people(
    CriteriaSet, "slug", "abbreviation", "name", "issuer", "version", "source", "note", why="a published list"
)
no_people(Criterion, "code", "group", "text", "rule", why="wording of a criterion")
no_people(Label, "certificate", why="the address of a certificate of the cluster")
no_people(LabelReminder, "reason", why="what a mail server answered, without the address")
no_people(Proof, "code", "media_type", why="codes")
call(LabelReminder, _("Reminders of labels"))
