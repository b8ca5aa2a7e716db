"""What the columns of a file mean: the registry's own, those of open data, those a portal describes."""

from clusterportal.intake.profiles.lookup import SAVED, UnknownProfile, profile
from clusterportal.intake.profiles.profile import Profile, fold
from clusterportal.intake.profiles.registry import IN_ANY_LANGUAGE, custom_profile, fields_of

__all__ = [
    "IN_ANY_LANGUAGE",
    "SAVED",
    "Profile",
    "UnknownProfile",
    "custom_profile",
    "fields_of",
    "fold",
    "profile",
]
