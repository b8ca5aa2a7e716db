"""How a spreadsheet shows a number: as a day, a time, per cent, with leading zeros."""

import datetime
import re
from dataclasses import dataclass
from functools import cache

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([-+() /])')
_ZEROS = re.compile(r'((?:"[^"]*"|\\.|[-+() /])*)(0+)')  # 00000, "D-"00000, +0


@dataclass(frozen=True)
class NumberFormat:
    """How a format shows a number. `zeros`: least number of digits, behind `prefix`."""

    is_date: bool = False
    is_duration: bool = False
    has_time: bool = False
    is_year: bool = False
    percent_decimals: int | None = None
    prefix: str = ""
    zeros: int = 0

    def value(self, number: float, *, is_1904: bool = False):
        """The number as people see it: date, datetime, time, timedelta, text or the number itself."""
        if self.is_date:
            return self._moment(number, is_1904)
        if self.percent_decimals is not None:
            return f"{number * 100:.{self.percent_decimals}f} %".replace(".", ",")
        is_whole = isinstance(number, int) or number.is_integer()
        if is_whole and number >= 0 and (self.prefix or self.zeros > 1):
            return f"{self.prefix}{int(number):0{self.zeros}}"
        return number

    def _moment(self, number: float, is_1904: bool):
        # openpyxl takes a third of a second to load, and only workbooks need it.
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
        try:
            value = from_excel(number, epoch, timedelta=self.is_duration)
        except (OverflowError, ValueError):
            return number
        if isinstance(value, datetime.datetime) and self.is_year:
            return value.year
        if isinstance(value, datetime.datetime) and not self.has_time and value.time() == datetime.time.min:
            return value.date()
        return value


@cache
def number_format(number: int, code: str | None) -> NumberFormat:
    """The format `code` of a workbook; where that is None, the spreadsheet's built-in one with this `number`."""
    # openpyxl takes a third of a second to load, and only workbooks need it.
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    code = BUILTIN_FORMATS.get(number, "General") if code is None else code
    if is_date_format(code) or is_timedelta_format(code) or 27 <= number <= 36 or 50 <= number <= 58:
        bare = re.sub(r'"[^"]*"|\\.|\[\$[^\]]*\]', "", code).lower()
        return NumberFormat(
            is_date=True,
            is_duration=is_timedelta_format(code),
            has_time=bool(re.search("h|s", bare)),
            is_year=bool(re.fullmatch(r"y+(;@)?", bare)),
        )
    first = code.split(";")[0]  # of positive numbers
    bare = re.sub(r'"[^"]*"|\\.', "", first)
    if "%" in bare:
        return NumberFormat(
            percent_decimals=len(found[1]) if (found := re.search(r"\.([0#?]+)", bare)) else 0
        )
    if zeros := _ZEROS.fullmatch(first):
        prefix = "".join("".join(part) for part in _LITERAL.findall(zeros[1]))
        return NumberFormat(prefix=prefix.strip(), zeros=len(zeros[2]))
    return NumberFormat()
