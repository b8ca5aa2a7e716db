"""Records of a person's own that hold their e-mail address: registrations, orders, mails to them."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from clusterportal.history.erasure import PersonFinding
from clusterportal.history.mentions import Search


def addressed_records(
    search: Search,
    records: QuerySet,
    *,
    address: str,
    also: tuple[str, ...] = (),
    kind: str,
    title: Callable[[Any], object],
    detail: Callable[[Any], object] = lambda _record: "",
    together: str = "",
) -> list[PersonFinding]:
    """Those of `records` that name the person in the column `address`, or in one of those that are searched `also`.

    `title`, `detail`: how people recognise one. `together`: the relation to what goes with a record, such as its mails.
    """
    keys = {hit.record for hit in search.within(records.model, address, *also)}
    found = records.filter(pk__in=keys).prefetch_related(*filter(None, [together])).order_by("pk")
    return [
        PersonFinding(
            str(one.pk),
            kind,
            str(title(one)),
            str(detail(one)),
            places=frozenset(_place(row) for row in [one, *_belonging(one, together)]),
            is_sure=search.person.has_email(getattr(one, address)),
        )
        for one in found
    ]


def _belonging(record: Any, together: str) -> list:
    return list(getattr(record, together).all()) if together else []


def _place(row: Any) -> tuple[str, str]:
    """As `Hit.place`."""
    return row._meta.db_table, str(row.pk)
