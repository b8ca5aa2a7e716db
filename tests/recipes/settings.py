"""Settings of a copy of the house: those of the suite, with a database that was made for the copy."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"] |= {
    "NAME": os.environ["RECIPE_DATABASE"],
    "TEST": {"NAME": os.environ["RECIPE_DATABASE"]},
}
