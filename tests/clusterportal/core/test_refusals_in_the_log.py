"""Refused requests are one line each in the log; what broke keeps its traceback."""

import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from clusterportal.core.logs import RefusalsInOneLine


@pytest.mark.parametrize(
    "error, is_kept", [(PermissionDenied("no"), False), (Http404(), False), (ValueError("x"), True)]
)
def test_only_what_broke_keeps_its_traceback(error, is_kept):
    try:
        raise error
    except Exception:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", ("path",), sys.exc_info())
    assert RefusalsInOneLine().filter(record)
    assert bool(record.exc_info) is is_kept
