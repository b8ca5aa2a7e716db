"""What happens when somebody else saved an actor while its form was open: both changes are brought together."""

from actors.admin.meanwhile.page import KeepsBoth, opened_with

__all__ = ["KeepsBoth", "opened_with"]
