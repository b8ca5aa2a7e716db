"""Notes on actors, letters to their contacts, the board of one's clusters."""

from clusterportal.teamwork.admin.letter import LetterAdmin
from clusterportal.teamwork.admin.letter_page import WritesLetters
from clusterportal.teamwork.admin.note import NoteAdmin

__all__ = ["LetterAdmin", "NoteAdmin", "WritesLetters"]
