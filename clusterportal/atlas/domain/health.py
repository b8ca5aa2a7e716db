"""Whether the ready atlases are there, for `manage.py doctor`."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.atlas.domain.kept_atlases import offered
from clusterportal.atlas.domain.selecting import BadSelection, Choose, Nobody
from clusterportal.atlas.enums import AtlasState
from clusterportal.atlas.models import Atlas
from clusterportal.core.doctor import CheckResult

NEW_FOR = timedelta(hours=2)  # until the hourly job had its turn


def examine_atlases(choose: Choose) -> Iterator[CheckResult]:
    """A line when all are there; else one for each that is not, with the reason; of nobody there is none."""
    there = {atlas.pk for atlas in offered()}
    older = Atlas.objects.standing().filter(asked_at__lt=timezone.now() - NEW_FOR).select_related("cluster")
    lacking = [atlas for atlas in older if atlas.pk not in there and not _is_empty(atlas, choose)]
    for atlas in lacking:
        whose = _("the cluster %(name)s") % {"name": atlas.cluster.slug} if atlas.cluster else _("the region")
        why = atlas.message if atlas.state == AtlasState.FAILED else _("It waits for its job.")
        text = _("The atlas of %(whose)s (%(language)s) is not there: %(why)s")
        yield CheckResult(False, text % {"whose": whose, "language": atlas.language, "why": why})
    if not lacking:
        yield CheckResult(True, _("Atlases that are ready: %(count)d.") % {"count": len(there)})


def _is_empty(atlas: Atlas, choose: Choose) -> bool:
    """Whether it would show nobody: as of a new cluster, or of a portal that begins."""
    try:
        choose(atlas.query)
    except Nobody:
        return True
    except BadSelection:
        pass
    return False
