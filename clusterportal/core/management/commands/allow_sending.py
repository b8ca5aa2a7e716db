"""`manage.py allow_sending`: after a restore, mails go out again."""

from django.core.management.base import BaseCommand

from clusterportal.core.models import Standstill


class Command(BaseCommand):
    help = (
        "Says that this portal, restored from a backup, may send mails again. What waits then goes out; issues of "
        "newsletters still ask one by one."
    )

    def handle(self, *args, **options):
        ended, _rows = Standstill.objects.all().delete()
        self.stdout.write("Mails go out again." if ended else "Nothing was held: mails go out.")
