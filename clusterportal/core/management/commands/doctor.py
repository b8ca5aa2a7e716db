"""`manage.py doctor`: is this portal well?"""

from django.core.management.base import BaseCommand
from django.utils import translation

from clusterportal.core.doctor import examine


class Command(BaseCommand):
    help = "Looks at database, migrations, disk, clock and jobs; exit status 1 if something is wrong."
    requires_system_checks: list[str] = []  # it tells what is wrong itself

    def handle(self, **options):
        is_well = True
        with translation.override("en"):  # as all that scripts and logs read
            for line in examine():
                is_well = is_well and line.is_well
                self.stdout.write(f"{'ok   ' if line.is_well else 'WRONG'} {line.sentence}")
        if not is_well:
            raise SystemExit(1)
