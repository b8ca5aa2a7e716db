"""What may stand in the log."""

import logging
import re

_CALL = re.compile(r"(\[\d+\])\(.*\)", re.DOTALL)


class WithoutArguments(logging.Filter):
    """procrastinate names a job with its arguments, which hold addresses and words of people: name and number do."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("procrastinate"):
            record.msg, record.args = _CALL.sub(r"\1", record.getMessage()), None
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_arguments": {"()": WithoutArguments}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_arguments"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"clusterportal": {"level": "INFO"}, "actors": {"level": "INFO"}},
}
