from django.core.management.base import BaseCommand

from clusterportal.quality.domain.duplicates import find_duplicates


class Command(BaseCommand):
    help = "Find actors that are in the registry twice. What people dismissed stays dismissed."

    def handle(self, *args, **options):
        found = find_duplicates()
        self.stdout.write(f"waiting: {found.waiting}\nvanished: {found.vanished}")
