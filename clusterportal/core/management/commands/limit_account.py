"""`manage.py limit_account NAME`: the database account of the portal, so that it cannot rewrite the history."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import override

from clusterportal.core.account_rights import limit, owns_the_tables, ways_to_rewrite


class Command(BaseCommand):
    help = (
        "Gives the database account NAME what the portal needs and no more: versions in the history can be added and "
        "read, never changed. Run it with the DATABASE_URL of the owner of the tables; migrate repeats it by itself."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "account", metavar="NAME", help="an account that exists (clusterportal/deploy/accounts.sql)"
        )

    def handle(self, *, account, **options):
        if not owns_the_tables():
            raise CommandError(
                "This account does not own the tables: take the DATABASE_URL of the one that migrates."
            )
        try:
            limit(account)
        except DatabaseError as error:
            raise CommandError(f"{account} was not limited: {str(error).strip()}") from error
        with override("en"):
            ways = list(ways_to_rewrite(account))
        if ways:
            raise CommandError(f"{account} could still rewrite the history: {'; '.join(ways)}.")
        self.stdout.write(f"{account} reads and writes the registry, and can only add to its history.")
