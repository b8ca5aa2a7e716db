"""What may stand in the log, and how the log is written: a line for people, or an object of JSON for collectors."""

import logging
import re
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation
from django.http import Http404

REFUSED = (PermissionDenied, SuspiciousOperation, Http404)
_CALL = re.compile(r"(\[\d+\])\(.*\)", re.DOTALL)
_KEY = re.compile(
    r"\bcp_[A-Za-z0-9]{8}_[A-Za-z0-9]{32,}"
)  # of the API, where somebody wrote it into an address
# Signed values (django.core.signing: parts with colons between), and keys that set a password (allauth: user, time,
# hash).
_TOKEN = re.compile(
    r"(?<=/)(?:[\w.=-]+(?::|%3A)[\w-]+(?:(?::|%3A)[\w-]+)?|[0-9a-z]{1,13}-[0-9a-z]{4,14}-[0-9a-f]{20,})(?=/|\s|$)",
    re.ASCII | re.IGNORECASE,
)
_TOKEN_ASKED = re.compile(
    r"(?<==)[\w.-]+(?::|%3A)[\w-]+(?::|%3A)[\w-]{27,}", re.ASCII | re.IGNORECASE
)  # in a query
# What PostgreSQL adds to an error quotes rows and statements: from there to the end of what this error says.
_QUOTED = re.compile(
    r"(\b(?:DETAIL|CONTEXT|QUERY|LINE \d+):).*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)
MASK = "***"


def without_values(text: str) -> str:
    """`text` without the rows that the database quotes in its errors: they hold addresses and words of people."""
    return _QUOTED.sub(rf"\1 {MASK}", text)


def without_tokens(text: str) -> str:
    """`text` with each part of a path or query that is a token, and each key of the API, replaced by three stars."""
    return _KEY.sub(MASK, _TOKEN_ASKED.sub(MASK, _TOKEN.sub(MASK, text)))


class WithoutTokens(logging.Filter):
    """Tokens of personal links, with which anybody could open them, are replaced."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_tokens(one) if isinstance(one, str) else one for one in record.args)
        if isinstance(record.msg, str):
            record.msg = without_tokens(record.msg)
        return True


class WithoutArguments(logging.Filter):
    """procrastinate names a job with its arguments, which hold addresses and words of people: name and number do."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("procrastinate"):
            record.msg, record.args = _CALL.sub(r"\1", record.getMessage()), None
        return True


class RefusalsInOneLine(logging.Filter):
    """What was refused as it should be needs no traceback: who asks in vain must not be able to fill the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.exc_info and isinstance(record.exc_info[1], REFUSED)
        if is_refusal or record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class BriefOutages(logging.Filter):
    """While the database is away, every request would leave a hundred lines: one says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Late, because settings read this module before there is a database.
        from clusterportal.core.outages import outage_of

        error = record.exc_info[1] if record.exc_info else None
        if record.name.startswith("django.request") and outage_of(error):
            said = " ".join(str(error).split())
            record.msg, record.args = f"{record.getMessage()} ({said})", None
            record.exc_info = record.exc_text = None
        return True


# ---------- how a line looks ----------
_NAMED = ("request_id", "job", "task")  # what a line is about, where it is known


def _masked(logger, method: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Last of all, tracebacks included: whatever an exception has quoted."""
    for name in ("event", "exception"):
        if isinstance(said := entry.get(name), str):
            entry[name] = without_tokens(without_values(said))
    return entry


def _named_for_collectors(logger, method: str, entry: dict[str, Any]) -> dict[str, Any]:
    about = {name: entry[name] for name in (*_NAMED, "exception") if entry.get(name)}
    return {name: entry[name] for name in ("at", "level", "logger")} | {"message": entry["event"]} | about


def _as_line(logger, method: str, entry: dict[str, Any]) -> str:
    about = " ".join(f"{name}={entry[name]}" for name in _NAMED if entry.get(name))
    line = f"{entry['at']} {entry['level'].upper()} {entry['logger']}: {entry['event']}"
    return "\n".join([line + (f" [{about}]" if about else ""), *filter(None, [entry.get("exception")])])


def _formatter(*last, time: structlog.processors.TimeStamper) -> dict:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            time,
        ],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _masked,
            *last,
        ],
    }


FORMATS = {
    "line": _formatter(
        _as_line, time=structlog.processors.TimeStamper("%Y-%m-%d %H:%M:%S", utc=False, key="at")
    ),
    "json": _formatter(
        _named_for_collectors,
        structlog.processors.JSONRenderer(ensure_ascii=False),
        time=structlog.processors.TimeStamper("iso", key="at"),
    ),
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": FORMATS,
    "filters": {
        "without_arguments": {"()": WithoutArguments},
        "brief_outages": {"()": BriefOutages},
        "refusals": {"()": RefusalsInOneLine},
        "without_tokens": {"()": WithoutTokens},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_arguments", "brief_outages", "refusals", "without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"clusterportal": {"level": "INFO"}, "actors": {"level": "INFO"}},
}


def logging_as(form: str) -> dict:
    """The settings of the log with lines of this form. Raises ImproperlyConfigured for one that is not known."""
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {form!r}: say one of {', '.join(FORMATS)}.")
    console = LOGGING["handlers"]["console"] | {"formatter": form}
    return LOGGING | {"handlers": {"console": console}}
