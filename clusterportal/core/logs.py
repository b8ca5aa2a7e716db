"""What must not stand in a log: the tokens of personal links, with which anybody could open them."""

import logging
import re

# Signed values (django.core.signing: parts with colons between), and keys that set a password (allauth: user, time,
# hash).
_TOKEN = re.compile(
    r"(?<=/)(?:[\w.=-]+(?::|%3A)[\w-]+(?:(?::|%3A)[\w-]+)?|[0-9a-z]{1,13}-[0-9a-z]{4,14}-[0-9a-f]{20,})(?=/|\s|$)",
    re.ASCII | re.IGNORECASE,
)
MASK = "***"


def without_tokens(text: str) -> str:
    """`text` with every part of a path that is a token replaced by three stars."""
    return _TOKEN.sub(MASK, text)


class RefusedInOneLine(logging.Filter):
    """What was asked for was refused: who asks in vain must not be able to fill the log with tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class WithoutTokens(logging.Filter):
    """Lets every line pass, without tokens."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(without_tokens(one) if isinstance(one, str) else one for one in record.args)
        if isinstance(record.msg, str):
            record.msg = without_tokens(record.msg)
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "without_tokens": {"()": "clusterportal.core.logs.WithoutTokens"},
        "refused_in_one_line": {"()": "clusterportal.core.logs.RefusedInOneLine"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens", "refused_in_one_line"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"clusterportal": {"level": "INFO"}, "actors": {"level": "INFO"}},
}
