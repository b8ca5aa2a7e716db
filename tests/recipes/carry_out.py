"""`python -m tests.recipes.carry_out RECIPE …`, in a copy of the house: what README says comes after the edits.

Makes the migrations, runs the system checks, then the tests of the recipes and the tests of the house that they name.
"""

import importlib
import sys

import django
import pytest
from django.core.management import call_command


def main(names: list[str]) -> int:
    django.setup()
    call_command("makemigrations", verbosity=0)
    importlib.invalidate_caches()
    call_command("check", fail_level="WARNING")
    tests = [f"tests/recipes/{name}.py" for name in names]
    for name in names:
        tests += importlib.import_module(f"tests.recipes.{name}").TESTS
    return pytest.main(["-n", "0", "-q", "--reuse-db", "--tb=short", *tests])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
