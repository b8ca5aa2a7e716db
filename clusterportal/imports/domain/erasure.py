"""Taking a person out of imports: the file and the preview that name them go; what was imported is elsewhere."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from clusterportal.history.erasure import MOST_FOUND, Finding, Person, erasable
from clusterportal.imports.domain.cleaning import forget_run
from clusterportal.imports.models import ImportRow, ImportRun

_TEXTS = ("changes", "problems", "normalised")


def _find(person: Person) -> list[Finding]:
    named = Q(pk__in=[])
    for needle in filter(None, (person.name, person.email)):
        for column in _TEXTS:
            named |= Q(**{f"{column}_text__icontains": needle})
    texts = {f"{column}_text": Cast(column, TextField()) for column in _TEXTS}
    rows = ImportRow.objects.annotate(**texts).filter(named)
    runs = ImportRun.objects.filter(pk__in=rows.values("run"))[:MOST_FOUND]
    return [Finding(str(run.pk), _("Import"), run.file_name, f"{run.created_at:%Y-%m-%d}") for run in runs]


def _erase(keys: list[str]) -> int:
    runs = list(ImportRun.objects.filter(pk__in=keys))
    for run in runs:
        forget_run(run)
    return len(runs)


erasable("import", find=_find, erase=_erase)
