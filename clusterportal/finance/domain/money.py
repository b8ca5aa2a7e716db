"""Amounts and shares as people read them: rounded only here, half up as commerce does."""

from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language

from clusterportal.core.indicator import MINUS, with_minus

_WHOLE = Decimal(1)


def money(amount: Decimal, currency: str) -> str:
    """ "38.400 €": in whole units of a currency (ISO 4217)."""
    locale = _locale()
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    text = format_currency(rounded(amount), currency, pattern, locale=locale, currency_digits=False)
    return with_minus(text)


def signed(amount: Decimal) -> str:
    """ "+400" or "−1.000": a difference, with its sign."""
    shown = rounded(amount)
    sign = MINUS if shown < 0 else "+"
    return sign + format_decimal(abs(shown), locale=_locale())


def percent(share: int | Decimal, places: int = 0) -> str:
    """ "48 %": hundredths in whole numbers, or with as many digits behind the comma."""
    locale = _locale()
    pattern = locale.percent_formats[None].pattern
    pattern = pattern.replace("0", f"0.{'0' * places}") if places else pattern
    rounded = Decimal(share).quantize(_WHOLE.scaleb(-places), ROUND_HALF_UP)
    return format_percent(rounded / 100, pattern, locale=locale)


def share_text(share: Decimal) -> str:
    """ "48 %" of a share from 0 to 1."""
    return percent(share * 100)


def decimal(number: float, digits: int) -> str:
    """ "0,25": with as many digits behind the comma."""
    return format_decimal(number, f"0.{'0' * digits}", locale=_locale())


def amount_text(amount: Decimal) -> str:
    """ "38.400,50": an amount to be changed by hand, as the language writes it."""
    return format_decimal(amount, "#,##0.00", locale=_locale())


def rounded(amount: Decimal) -> Decimal:
    """As a whole number, half up."""
    return amount.quantize(_WHOLE, ROUND_HALF_UP)


def _locale() -> Locale:
    return Locale.parse(get_language() or "en", sep="-")
