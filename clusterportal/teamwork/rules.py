"""Permissions of teamwork: predicates that admin and domain call.

Notes are for the people who work with an actor, and for nobody else: no page, no API, no export holds them.
"""

from collections.abc import Callable

from actors.rules import can_publish, can_see_contacts, is_staff, reaches


def can_read_notes(user, actor=None) -> bool:
    return _may(user, "view_note", actor)


def can_write_notes(user, actor=None) -> bool:
    """May the person write notes, and finish or reopen what notes ask for?"""
    return _may(user, "add_note", actor)


def can_change_note(user, note) -> bool:
    return changes_notes_of(user, note.actor)(note)


def changes_notes_of(user, actor) -> Callable:
    """Which notes on `actor` the person may change or delete: their own, or all if they answer for the actor."""
    if not can_write_notes(user, actor):
        return lambda note: False
    answers_for_it = can_publish(user, actor)
    return lambda note: answers_for_it or note.author_id == user.pk


def can_write_letters(user) -> bool:
    """May the person write to the contacts of actors? Addresses are for those who may see contacts."""
    return is_staff(user) and user.has_perm("teamwork.add_letter") and can_see_contacts(user)


def _may(user, permission: str, actor=None) -> bool:
    return (
        is_staff(user) and user.has_perm(f"teamwork.{permission}") and (actor is None or reaches(user, actor))
    )
