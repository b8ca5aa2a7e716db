"""`python -m tests.accessibility [--only PART] [--browsers 2]`: every page against WCAG 2.2 AA, as far as programs see.

Opens each kind of public page, the pages of an account and every list and form of the admin in Debian's Chromium, in
light 1440 px wide, in dark 320 px wide (1280 px at 400 %): by the rules of axe, with the text spacing of criterion
1.4.12, by keyboard alone, and as the browser's accessibility tree; reads the PDFs. Writes what was found where the page
with the accessibility statement reads it. `--only` looks at addresses that it is found in, and writes nothing. Exit
status 1 where something is wrong; then nothing is written either.
"""

import argparse
import os
import sys
import time

import django


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of addresses, as a regular expression")
    parser.add_argument("--browsers", type=int, default=2, help="how many look at once")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from tests.accessibility import portal, results
    from tests.accessibility.documents import faults_of_documents
    from tests.accessibility.kinds import all_pages, kind_of
    from tests.accessibility.run import chosen, look_at_all
    from tests.clusterportal.admin_world import World

    begun = time.monotonic()
    with portal.running() as origin:
        world = World()
        pages = chosen(all_pages(world), options.only)
        cookies = {name: portal.cookie_of(person, origin) for name, person in portal.people(world).items()}
        faults, counts, browser = look_at_all(
            pages, origin, cookies, browsers=options.browsers, tell=lambda line: print(line, flush=True)
        )
        if not options.only:
            faults += faults_of_documents(world, counts)
    for fault in faults:
        print(f"{fault.rule} [{fault.state}] {fault.address}\n    {fault.place}")
    seen = ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
    print(f"{seen}; {len(faults)} faults; {time.monotonic() - begun:.0f} s")
    if not options.only and not faults:
        looked_at = {kind_of(page.address) for page in pages}
        results.write(counts, looked_at=looked_at, browser=browser)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
