"""The statements that put columns of records back."""

from collections import defaultdict
from collections.abc import Callable, Iterator

WORTH_ONE_STATEMENT = 20  # records that one statement should write at least, to be worth it


def writes(model, names: tuple[str, ...], records: list) -> Iterator[tuple[list, Callable]]:
    """The records in groups, each with what writes its columns: where many go back to the same, one statement."""
    alike = defaultdict(list)
    for change, record in records:
        alike[repr([change.changed[name] for name in names])].append((change, record))
    if len(alike) * WORTH_ONE_STATEMENT > len(records):
        yield records, lambda rows: model._base_manager.bulk_update(rows, names, batch_size=500)
        return
    for group in alike.values():
        values = {name: group[0][0].changed[name] for name in names}
        yield (
            group,
            lambda rows, values=values: model._base_manager.filter(pk__in=[row.pk for row in rows]).update(
                **values
            ),
        )


def plain(value):
    """A file by its name: what the history keeps of it."""
    return value.name if hasattr(value, "storage") else value
