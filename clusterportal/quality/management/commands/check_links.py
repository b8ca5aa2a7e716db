from django.core.management.base import BaseCommand

from clusterportal.quality.domain.link_checks import LINKS_PER_RUN, check_due


class Command(BaseCommand):
    help = "Look at the websites of published actors that are due: each once a week, one request per host at a time."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=LINKS_PER_RUN, help="links to look at, at most")

    def handle(self, *args, limit, **options):
        for status, count in sorted(check_due(limit=limit).items()):
            self.stdout.write(f"{status}: {count}")
