"""No question to the database that a visitor waits for may take for ever; what people at work do may take longer."""

from django.conf import settings
from django.db import Error, connection

VISITORS = 15  # seconds
AT_WORK = 300  # for the admin, and for whatever is written
_LIMIT = f"-c statement_timeout={VISITORS}s"
_READING = ("GET", "HEAD", "OPTIONS")


def limit_statements() -> None:
    """For a process that answers visitors, before its first connection; what DATABASE_URL says counts more."""
    for database in settings.DATABASES.values():
        options = database["OPTIONS"]
        if "statement_timeout" not in options.get("options", ""):
            options["options"] = f"{options.get('options', '')} {_LIMIT}".strip()


class LongStatements:
    """Gives those at work their time; the process has to have the limit of visitors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_limited = _LIMIT in connection.settings_dict["OPTIONS"].get("options", "")
        is_visit = request.method in _READING and not request.path_info.startswith("/admin/")
        if is_visit or not is_limited:
            return self.get_response(request)
        _say(f"SET statement_timeout = '{AT_WORK}s'")
        try:
            return self.get_response(request)
        finally:
            _reset()


def _reset() -> None:
    """Without it the connection of this thread would keep the longer time; one that is lost is opened anew."""
    if connection.connection is None or connection.in_atomic_block:
        return
    try:
        _say("RESET statement_timeout")
    except Error:
        connection.close()


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
