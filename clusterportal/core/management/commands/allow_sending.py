"""`manage.py allow_sending`: after a restore, mails go out again."""

from django.core.management.base import BaseCommand

from clusterportal.core.standstill import allow_sending


class Command(BaseCommand):
    help = (
        "Says that this portal, restored from a backup, may send mails again. What waits then goes out; issues of "
        "newsletters still ask one by one."
    )

    def handle(self, *args, **options):
        self.stdout.write("Mails go out again." if allow_sending() else "Nothing was held: mails go out.")
