"""One page of history: acts, each as one line that opens, or the changes of one act one by one."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from clusterportal.core.sent_numbers import sent_number
from clusterportal.core.slugs import as_uid
from clusterportal.history import restore
from clusterportal.history.act_list import Act, read_acts
from clusterportal.history.acts import kind_of, words_of
from clusterportal.history.changes import Change, read
from clusterportal.history.undo_rights import context_of, has_other_way, is_own

PAGE_SIZE = 30
LAST_PAGE = 1000  # deeper than this a filter serves better


@dataclass(frozen=True)
class HistoryPage:
    """One page of acts or, of one act, of its changes; and where the pages beside it are."""

    acts: list[Act]
    changes: list[Change]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def shown_to(request, sources) -> dict:
    """What the request asks to see of the sources, for the template `admin/history/_acts.html`.

    `act` in the address: only the changes of this act; `page`: which page.
    """
    sources = list(sources)
    act_id = as_uid(request.GET.get("act", ""))
    if act_id is None:
        return {"page": _acts_of(sources, request)}
    page = _changes_of([source.narrowed(Q(pgh_context=act_id)) for source in sources], request)
    context = context_of(act_id)
    undo_url = undo_address(request.user, act_id, context, {change.model for change in page.changes})
    return {"page": page, "act": {"words": words_of(context), "undo_url": undo_url}}


def undo_address(user, act_id: UUID | None, context: dict, models) -> str:
    """Where `user` may take the act back; empty where they hardly may. The page itself asks for every record."""
    kind = kind_of(context)
    if act_id is None or not models or (kind is not None and kind.is_final):
        return ""
    may_all = all(restore.can_restore(user, model) for model in models)
    if not (is_own(user, context) or may_all):
        return ""
    if kind is not None and kind.undo_page is not None and (address := kind.undo_page(context)):
        return address if is_own(user, context) or user.is_superuser else ""
    return "" if has_other_way(context) else reverse("admin:history_undo", args=[act_id])


def _acts_of(sources: list, request) -> HistoryPage:
    number = _page_number(request)
    acts = read_acts(sources, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    shown = acts[:PAGE_SIZE]
    changes = [change for one in shown for change in one.changes]
    _offer_restoring(changes, request.user)
    for one in shown:
        if one.is_line:
            one.undo_url = undo_address(request.user, one.id, one.context, one.models)
    return HistoryPage(shown, changes, number, len(acts) > PAGE_SIZE)


def _changes_of(sources: list, request) -> HistoryPage:
    number = _page_number(request)
    changes = read(sources, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    _offer_restoring(changes, request.user)
    return HistoryPage([], changes[:PAGE_SIZE], number, len(changes) > PAGE_SIZE)


def _offer_restoring(changes: list[Change], user) -> None:
    for change in changes:
        if change.is_restorable and restore.can_restore(user, change.model):
            change.restore_url = reverse("admin:history_restore", args=[change.kind, change.event_id])


def _page_number(request) -> int:
    return sent_number(request.GET.get("page"), most=LAST_PAGE) or 1
