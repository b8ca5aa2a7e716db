"""`manage.py read_newsletter_mail [FOLDER]`: bounces and unsubscribing mails, from a Maildir or standard input."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from clusterportal.newsletters.domain.mailbox import read_maildir, take_in


class Command(BaseCommand):
    help = (
        "Takes in what came to the address of newsletters: new messages of a Maildir, or one message on standard "
        "input, as a mail server hands it to a command."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="a Maildir; without it: standard input")

    def handle(self, *args, folder: Path | None, **options):
        if folder is None:
            counts = take_in([sys.stdin.buffer.read()])
        elif (folder / "new").is_dir():
            counts = read_maildir(folder)
        else:
            raise CommandError(f"{folder} is no Maildir: it has no folder “new”.")
        said = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        self.stdout.write(said or "Nothing new.")
