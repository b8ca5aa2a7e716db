"""What the log says of requests that were refused: one line each, for nothing is broken."""

import logging

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404

REFUSED = (PermissionDenied, SuspiciousOperation, Http404)


class RefusalsInOneLine(logging.Filter):
    """Takes the traceback from lines about requests that were refused as they should be."""

    def filter(self, record) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], REFUSED):
            record.exc_info = None
        return True
