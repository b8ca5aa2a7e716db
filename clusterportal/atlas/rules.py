"""Who may have an atlas made: who may take the registry along as a table. The ready ones are everybody's."""

from actors.rules import can_export


def can_make(user) -> bool:
    """May the person choose whom an atlas shows, and have it set?"""
    return can_export(user)
