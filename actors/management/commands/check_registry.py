"""`manage.py check_registry`: does the registry keep its promises?"""

from django.core.management.base import BaseCommand, CommandError

from actors.domain.integrity import findings


class Command(BaseCommand):
    help = "Check the integrity of what is stored. Exit status 1 when something breaks a promise of the registry."

    def handle(self, *args, **options):
        errors = 0
        for finding in findings():
            errors += finding.is_error
            kind = self.style.ERROR("error") if finding.is_error else self.style.WARNING("to do")
            self.stdout.write(f"{kind}: {finding.count} {finding.text}")
            for example in finding.examples if options["verbosity"] > 1 else finding.examples[:3]:
                self.stdout.write(f"    {example}")
        if errors:
            raise CommandError(f"{errors} kinds of errors.")
        self.stdout.write("No errors.")
