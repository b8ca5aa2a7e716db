"""Marks in a cell that keep a spreadsheet from running a text as a formula, or from taking it for a number."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_QUOTED_FORMULA = re.compile(r'="((?:[^"]|"")*)"')  # ="04109", as exporters write it
_APOSTROPHE_NUMBER = re.compile(r"'[+(]?\d[\d\s()/.,+-]*")  # '04109, as people type it


def escape_formula(value):
    """Text that a spreadsheet would run as a formula, made harmless by an apostrophe (OWASP, CSV injection).

    For CSV alone: a workbook's cells have a type, and text is never run.
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unescape_formula(value):
    """Removes what `escape_formula` added, and nothing else."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and _FORMULA.match(value) else value


def without_number_guard(text: str) -> str:
    """04109 for `="04109"` and `'04109`, which keep a spreadsheet from reading a number."""
    if quoted := _QUOTED_FORMULA.fullmatch(text):
        return quoted[1].replace('""', '"')
    return text[1:] if _APOSTROPHE_NUMBER.fullmatch(text) else text
