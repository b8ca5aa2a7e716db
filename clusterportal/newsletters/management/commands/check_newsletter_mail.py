"""`manage.py check_newsletter_mail FILE [--dns]`: a newsletter as it arrived elsewhere, examined."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from clusterportal.newsletters.domain.alignment import examine_mail, examine_settings


class Command(BaseCommand):
    help = (
        "Examines a test mail that was saved as it arrived at another mail server: whether From, Return-Path and DKIM "
        "signature belong together, and whether the headers of unsubscribing are signed."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the mail with all headers (.eml); - for standard input")
        parser.add_argument(
            "--dns", action="store_true", help="also compare the signature with the key in the DNS"
        )

    def handle(self, *args, file: str, dns: bool, **options):
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from error
        lines = [*examine_settings(), *examine_mail(raw, ask_dns=dns)]
        for line in lines:
            self.stdout.write(f"{'ok   ' if line.is_well else 'wrong'}  {line.sentence}")
        if not all(line.is_well for line in lines):
            raise SystemExit(1)
