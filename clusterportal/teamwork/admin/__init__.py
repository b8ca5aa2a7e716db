"""Notes on actors, letters to their contacts, the board of one's clusters."""

from clusterportal.teamwork.admin.letter import LetterAdmin
from clusterportal.teamwork.admin.note import NoteAdmin
from clusterportal.teamwork.admin.writing import WritesLetters

__all__ = ["LetterAdmin", "NoteAdmin", "WritesLetters"]
