"""The end of the standstill after a restore: first each room holds what a person has to decide about one by one."""

from collections.abc import Callable

from django.db import transaction

from clusterportal.core.models import Standstill

_first: list[Callable[[], None]] = []


def before_it_ends(act: Callable[[], None]) -> None:
    """Let a room above hold what must not leave unasked, whether its job had a turn or not; called in its `ready()`."""
    _first.append(act)


@transaction.atomic
def allow_sending() -> bool:
    """Mails go out again from now on; False where nothing stood still."""
    if not Standstill.objects.select_for_update().exists():
        return False
    for act in _first:
        act()
    Standstill.objects.all().delete()
    return True
