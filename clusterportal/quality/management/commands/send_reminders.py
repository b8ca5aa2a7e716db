from django.core.management.base import BaseCommand

from clusterportal.quality.domain.reminders import ACTORS_PER_RUN, send_due


class Command(BaseCommand):
    help = "Ask actors that nobody has verified for twelve months whether their entry is still right."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="name those who are due, write to nobody")
        parser.add_argument("--limit", type=int, default=ACTORS_PER_RUN, help="actors to write to at most")

    def handle(self, *args, dry_run, limit, **options):
        written = send_due(limit=limit, is_dry_run=dry_run)
        for actor, recipients in written:
            self.stdout.write(f"{actor.slug}: {', '.join(one.address for one in recipients)}")
        self.stdout.write(f"{'due' if dry_run else 'written'}: {len(written)}")
