"""Permissions of teamwork: predicates that admin and domain call.

Notes are for the people who work with an actor, and for nobody else: no page, no API, no export holds them.
"""

from actors.rules import can_publish, can_see_contacts, is_staff, reaches


def can_read_notes(user, actor=None) -> bool:
    return _may(user, "view_note", actor)


def can_write_notes(user, actor=None) -> bool:
    """May the person write notes, and finish or reopen what notes ask for?"""
    return _may(user, "add_note", actor)


def can_change_note(user, note) -> bool:
    """What a note says is changed or deleted by its author, or by somebody who answers for the actor."""
    return can_write_notes(user, note.actor) and (note.author_id == user.pk or can_publish(user, note.actor))


def can_write_letters(user) -> bool:
    """May the person write to the contacts of actors? Addresses are for those who may see contacts."""
    return is_staff(user) and user.has_perm("teamwork.add_letter") and can_see_contacts(user)


def _may(user, permission: str, actor=None) -> bool:
    return (
        is_staff(user) and user.has_perm(f"teamwork.{permission}") and (actor is None or reaches(user, actor))
    )
