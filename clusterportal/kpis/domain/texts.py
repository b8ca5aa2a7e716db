"""Values as people read them."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from django.utils.translation import get_language

from clusterportal.core.indicator import is_year, with_minus


def value_text(value: Decimal, unit: str = "") -> str:
    """Whole numbers whole, others with as many digits as matter: "1.520", "38,5", "1,52"; rounded half to even.

    A year is written as one: "2024".
    """
    places = 0 if value == value.to_integral_value() else 1 if abs(value) >= 10 else 2
    pattern = ("0" if is_year(unit) else "#,##0") + (f".{'0' * places}" if places else "")
    text = format_decimal(value, pattern, locale=Locale.parse(get_language() or "en", sep="-"))
    return with_minus(text)
