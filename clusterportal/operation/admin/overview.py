"""The page "Operation": whether the portal is well, its jobs, mails, deliveries, imports, versions and lags."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clusterportal.core.admin_page import admin_page
from clusterportal.core.backup_notes import last_made_at
from clusterportal.core.doctor import examine
from clusterportal.core.models import Standstill
from clusterportal.core.outbox import MailState, mails_by_state
from clusterportal.imports.models import ImportRun
from clusterportal.operation.domain import figures
from clusterportal.operation.domain.jobs import MOST_JOBS_OF_KIND, jobs, try_again
from clusterportal.operation.domain.versions import lags, versions

# What of mails is looked at, in the order of columns; those that were sent or are void need nobody.
_MAIL_COLUMNS = (MailState.WAITING, MailState.SENDING, MailState.UNCLEAR, MailState.REFUSED)
_RUNS = 10


def show(request):
    """Reads how things stand at this moment."""
    lines = list(examine())
    context = {
        "title": _("Operation"),
        "wrong": [line.sentence for line in lines if not line.is_well],
        "well": [line.sentence for line in lines if line.is_well],
        "jobs": jobs(),
        "most": MOST_JOBS_OF_KIND,
        "mail_states": [state.label for state in _MAIL_COLUMNS],
        "mails": _mails(),
        "standstill": Standstill.objects.first(),
        "deliveries": figures.deliveries(),
        "troubled": figures.troubled_endpoints(),
        "runs": ImportRun.objects.select_related("by").defer("notes", "counts", "options")[:_RUNS],
        "versions": versions(),
        "lags": lags(),
        "backup_at": last_made_at(),
    }
    return admin_page(request, "admin/operation/overview.html", context)


@require_POST
def again(request, pk: int | None = None):
    """Have a failed job, or all of them, done again."""
    done = try_again(job=pk)
    if done:
        text = ngettext("%(count)d job is done again.", "%(count)d jobs are done again.", done)
        messages.success(request, text % {"count": done})
    else:
        messages.info(request, _("No job was put back: it is gone, or its next run waits already."))
    return redirect("operation:overview")


def _mails() -> list[dict]:
    """A row for each room that has mails to be looked at; some keep several kinds."""
    found: dict[str, list[int]] = {}
    for model, counted in mails_by_state().items():
        sums = found.setdefault(str(model._meta.app_config.verbose_name), [0] * len(_MAIL_COLUMNS))
        for column, state in enumerate(_MAIL_COLUMNS):
            sums[column] += counted.get(state, 0)
    return [{"name": name, "numbers": numbers} for name, numbers in found.items() if any(numbers)]
