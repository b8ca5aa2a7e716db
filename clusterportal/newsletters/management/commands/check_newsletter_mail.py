"""`manage.py check_newsletter_mail FILE [--dns]`: a newsletter as it arrived elsewhere, examined."""

from pathlib import Path

from clusterportal.core.management.file_commands import FileCommand
from clusterportal.newsletters.domain.alignment import examine_mail, examine_settings


class Command(FileCommand):
    help = (
        "Examines a test mail that was saved as it arrived at another mail server: whether From, Return-Path and DKIM "
        "signature belong together, and whether the headers of unsubscribing are signed."
    )

    file_help = "the mail with all headers (.eml); - for standard input"
    takes_input = True

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--dns", action="store_true", help="also compare the signature with the key in the DNS"
        )

    def handle_file(self, file: Path, *, dns: bool, **options):
        lines = [*examine_settings(), *examine_mail(self.bytes_of(file), ask_dns=dns)]
        for line in lines:
            self.stdout.write(f"{'ok   ' if line.is_well else 'wrong'}  {line.sentence}")
        if not all(line.is_well for line in lines):
            raise SystemExit(1)
