"""Taking a person out of imports: the file and the preview that name them go; what was imported is elsewhere."""

from django.utils.translation import gettext as _

from clusterportal.core.stored_files import at_hand
from clusterportal.history import file_search
from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.imports.domain.cleaning import forget_run
from clusterportal.imports.models import ImportRepair, ImportRow, ImportRun


def _find(search: Search) -> list[PersonFinding]:
    rows = {int(hit.record) for hit in search.within(ImportRow)}
    repairs = {int(hit.record) for hit in search.within(ImportRepair)}
    named = {int(hit.record) for hit in search.within(ImportRun)}
    named |= set(ImportRow.objects.filter(pk__in=rows).values_list("run", flat=True))
    named |= set(ImportRepair.objects.filter(pk__in=repairs).values_list("run", flat=True))
    found = []
    for run in ImportRun.objects.order_by("pk"):
        if run.pk in named or (run.file and _names(run, search.person)):
            own = {(ImportRun._meta.db_table, str(run.pk))}
            own |= {
                (ImportRow._meta.db_table, str(pk))
                for pk in rows & set(run.rows.values_list("pk", flat=True))
            }
            own |= {
                (ImportRepair._meta.db_table, str(pk))
                for pk in repairs & set(run.repairs.values_list("pk", flat=True))
            }
            found.append(
                PersonFinding(
                    str(run.pk),
                    _("Import"),
                    run.file_name,
                    f"{run.created_at:%Y-%m-%d}",
                    places=frozenset(own),
                    is_own=False,
                )
            )
    return found


def _erase(keys: list[str], person: Person) -> int:
    runs = list(ImportRun.objects.filter(pk__in=keys))
    for run in runs:
        forget_run(run)
    return len(runs)


def _names(run: ImportRun, person: Person) -> bool:
    try:
        with at_hand(run.file.storage, str(run.file.name)) as path:
            return file_search.names(path, person)
    except (file_search.Unsearchable, OSError):
        return False


erasable("import", find=_find, erase=_erase)
