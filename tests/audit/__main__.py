"""`python -m tests.audit [--list]`: licences and known weaknesses of what is installed; exit 1 when one is refused."""

import sys

from tests.audit import advisories
from tests.audit.libraries import installed
from tests.audit.licences import licence_of, refused, stated


def main() -> int:
    libraries = installed()
    if "--list" in sys.argv:
        for name, library in libraries.items():
            print(f"{name} {library.version}: {licence_of(library) or stated().get(name, ('not told',))[0]}")
    wrong = [
        f"{name}: {licence} is not on the list of licences" for name, licence in refused(libraries).items()
    ]
    print(f"{len(libraries)} libraries, {len(stated())} of them with a stated reason for their licence.")
    weak = advisories.by_asking(libraries)
    if weak is None:
        weak = advisories.by_the_list(libraries)
        print(
            f"Public advisories could not be asked; compared with the list of {advisories.day_of_the_list()}."
        )
    for sentence in (*wrong, *weak):
        print(sentence)
    return 1 if wrong or weak else 0


if __name__ == "__main__":
    sys.exit(main())
