"""An act: what belongs together because one person did it at once. All changes of it carry one number."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pghistory
from django.db import connection
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterportal.core.english_words import plain_words
from clusterportal.core.languages import LANGUAGE_CODES

CONSENT = "consent"  # what an act says of itself: the wording to which people agreed who are named by it


@contextmanager
def act(label: str, *, by=None, says: dict[str, str] | None = None, **about) -> Iterator[UUID]:
    """Everything written inside carries the id that this yields, and with it can be taken back (`undo`).

    `by`: the acting person, where no request says it already; `says`: what was done, in one sentence for each
    language (`sentences`); `about`: what else the history shall say, `username` for one where people know `by`
    under another name. Inside a request the act is the request itself.
    """
    about = {name: str(value) for name, value in about.items()}
    if by is not None and by.pk:
        about = {"user": by.pk, "username": by.get_username()} | about
    about |= {"says": says} if says else {}
    with pghistory.context(act=label, **about) as context:
        yield context.id
    if connection.in_atomic_block and not connection.needs_rollback:
        # The number is a setting of the transaction: what it writes afterwards is no part of the act.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def current_act() -> UUID:
    """The number of what is being written now; one that nothing was written under when nobody began an act."""
    with pghistory.context() as context:
        return context.id


def sentences(sentence: Callable[[], str]) -> dict[str, str]:
    """What `sentence` says in each language of the portal."""
    said = {}
    for code in LANGUAGE_CODES:
        with override(code), plain_words():
            said[code] = str(sentence())
    return said


@dataclass(frozen=True)
class ActKind:
    """How acts of one label are spoken of and taken back."""

    words: Callable[[dict], str]  # from what the act says of itself
    undo_page: Callable[[dict], str] | None = None  # where it has a page of its own for that: its address
    is_final: bool = False  # whether nobody takes such an act back


_kinds = {
    "undo": ActKind(lambda about: _("Something was taken back")),
    "erasure": ActKind(lambda about: _("A person was erased"), is_final=True),
}


def name_acts(label: str, kind: ActKind) -> None:
    """Say what acts of this label are called, and whether they have a page of their own to be taken back."""
    _kinds[label] = kind


def kind_of(context: dict) -> ActKind | None:
    """What is known of the kind of an act, from what its context says; None for a form that was saved."""
    return _kinds.get(context.get("act", ""))


def words_of(context: dict) -> str:
    """What the act was, for a reader; empty where nothing but its changes tells it."""
    said = context.get("says") or {}
    if sentence := said.get(get_language()) or next(iter(said.values()), ""):
        return sentence
    kind = kind_of(context)
    return kind.words(context) if kind else ""
