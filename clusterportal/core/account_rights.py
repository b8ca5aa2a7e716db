"""What the database account that the portal works with may do, where it does not own the tables.

The owner migrates; the portal's account reads and writes, but neither changes nor deletes kept versions, empties tables
or switches triggers off, whoever gets hold of it. A model says by `portal_may` when its table allows less than usual.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _
from pghistory.models import Context, Event

_USUAL = ("SELECT", "INSERT", "UPDATE", "DELETE")
_LESS: dict[str, tuple[str, ...]] = {
    Context._meta.db_table: (
        "SELECT",
        "INSERT",
        "UPDATE",
    ),  # while the act goes on: `history/sql/versions.sql`
    "django_migrations": ("SELECT",),
}
_TABLES = """
SELECT relname, pg_get_userbyid(relowner) FROM pg_class
WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY relname
"""


def _rights() -> dict[str, tuple[str, ...]]:
    """What the portal does with a table, by its name, where that is less than usual."""
    less = dict(_LESS)
    for model in apps.get_models():
        if issubclass(model, Event):
            less[model._meta.db_table] = ("SELECT", "INSERT")
        elif portal_may := getattr(model, "portal_may", None):
            less[model._meta.db_table] = portal_may
    return less


def limit(account: str) -> None:
    """Give the account what the portal needs, and take everything else from it; for the owner of the tables.

    Raises ProgrammingError when the account does not exist or the tables belong to somebody else.
    """
    quote = connection.ops.quote_name
    name, rights = quote(account), _rights()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLES)
        alike: dict[tuple[str, ...], list[str]] = {}  # tables by what is allowed on them
        for table, _owner in cursor.fetchall():
            alike.setdefault(rights.get(table, _USUAL), []).append(quote(table))
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = map(quote, cursor.fetchone())
        for statement in (
            f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {name}",
            f"GRANT USAGE ON SCHEMA {schema} TO {name}",
            f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {name}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
            *(f"GRANT {', '.join(what)} ON {', '.join(tables)} TO {name}" for what, tables in alike.items()),
        ):
            cursor.execute(statement)


def limited_accounts() -> list[str]:
    """Accounts that work with tables of this one: those that were limited before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grantee FROM information_schema.role_table_grants "
            "WHERE table_schema = current_schema() AND table_name = 'history_revision' "
            "AND privilege_type = 'UPDATE' AND grantee NOT IN (current_user, 'PUBLIC')"
        )
        return [name for (name,) in cursor.fetchall()]


def owns_the_tables() -> bool:
    """Whether this account may migrate: the tables are its own, or there are none yet and it may create them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class "
            "WHERE oid = to_regclass('django_migrations')), has_schema_privilege(current_schema(), 'CREATE'), false)"
        )
        return cursor.fetchone()[0]


def ways_to_rewrite(account: str | None = None) -> Iterator[str]:
    """By what an account, else the one of this connection, could change the history past its functions, in words."""
    rights = _rights()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(%s, current_user)", [account])
        [who] = cursor.fetchone()
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [who])
        if cursor.fetchone() == (True,):
            yield _("%(account)s is a superuser") % {"account": who}
            return
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
        owners = list({owner for _table, owner in tables})
        cursor.execute(
            "SELECT owner FROM unnest(%s::name[]) owner WHERE pg_has_role(%s, owner, 'MEMBER')", [owners, who]
        )
        for (owner,) in cursor.fetchall():
            yield _("%(account)s can act as %(owner)s, who owns tables") % {"account": who, "owner": owner}
        cursor.execute("SELECT has_schema_privilege(%s, current_schema(), 'CREATE')", [who])
        if cursor.fetchone()[0]:
            yield _("%(account)s may create objects in the schema") % {"account": who}
        cursor.execute(
            "SELECT name, right_ FROM unnest(%s::text[]) name, "
            "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) right_ "
            "WHERE has_table_privilege(%s, quote_ident(name), right_)",
            [[table for table, _owner in tables if table in rights], who],
        )
        for table, right in cursor.fetchall():
            if right not in rights[table]:
                words = {"account": who, "right": right, "table": table}
                yield _("%(account)s has %(right)s on %(table)s") % words
