"""The work of an import: at once for small tables, as a job with progress for large ones."""

import logging
import uuid

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from clusterportal.imports.domain import checking, cleaning, import_writing
from clusterportal.imports.domain.progress import Progress, no_progress
from clusterportal.imports.domain.uploading import JOB_ABOVE_ROWS, count_rows
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRun
from clusterportal.tables.formats import UnreadableTable

logger = logging.getLogger(__name__)
_STATE = {"check": RunState.CHECKING, "write": RunState.WRITING, "undo": RunState.UNDOING}


def start(run: ImportRun, what: str, *, by) -> None:
    """Check, write or undo a run on behalf of `by`: now, or by a job when its table is large."""
    run.state, run.ticket, run.heard_at = _STATE[what], uuid.uuid4(), timezone.now()
    run.done, run.message = 0, ""
    if what == "check":
        run.total = count_rows(run, at_most=JOB_ABOVE_ROWS + 1)  # a job counts all of them
    run.save(update_fields=["state", "ticket", "heard_at", "done", "total", "message"])
    if run.total > JOB_ABOVE_ROWS:
        work.defer(run_id=run.pk, ticket=str(run.ticket), what=what, by_id=by.pk)
    else:
        _work(run, what, by, no_progress)


@app.task(name="imports.work")
def work(*, run_id: int, ticket: str, what: str, by_id: int) -> None:
    """What `start` deferred. A job that a later one replaced finds its ticket invalid and does nothing."""
    run = ImportRun.objects.filter(pk=run_id, ticket=ticket, state=_STATE[what]).select_related("by").first()
    by = get_user_model().objects.filter(pk=by_id).first()
    if run is None or by is None:
        return
    with Progress(run) as progress, override(run.language or None):
        progress(0)
        _work(run, what, by, progress, is_long=True)


@app.periodic(cron="47 3 * * *")
@app.task(name="imports.forget", queueing_lock="imports.forget")
def forget(timestamp: int) -> None:
    """Every night: forget old imports, reports and left uploads. `timestamp` is the planned time, in Unix seconds."""
    cleaning.forget_old()


def _work(run: ImportRun, what: str, by, on_progress, *, is_long: bool = False) -> None:
    try:
        if what == "check":
            if is_long:
                run.total = count_rows(run)
                run.save(update_fields=["total"])
            checking.check(run, on_progress=on_progress)
        elif what == "write":
            import_writing.write(run, by=by, on_progress=on_progress)
        else:
            import_writing.take_back(run, by=by)
    except UnreadableTable as error:
        _fail(run, str(error))
    except PermissionDenied as error:
        _fail(run, str(error) or _("You may not import this."))
    except ValidationError as error:
        _fail(run, " ".join(error.messages))
    except import_writing.Superseded:
        logger.info("Import %s was started again; this job is rolled back.", run.pk)
    except DatabaseError:
        logger.exception("Import %s could not be written", run.pk)
        _fail(
            run, _("The registry changed while the import was being written, so nothing was. Check it again.")
        )


def _fail(run: ImportRun, message: str) -> None:
    """Nothing was written; a failed undo leaves the import as it was."""
    state = RunState.DONE if run.state == RunState.UNDOING else RunState.FAILED
    ImportRun.objects.filter(pk=run.pk, ticket=run.ticket).update(state=state, message=message)
    run.refresh_from_db()
