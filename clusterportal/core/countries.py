"""Which two letters are a country."""

from functools import cache

from babel import Locale

# In CLDR beside the countries of ISO 3166-1: unions, parts of countries, codes for nothing. Kosovo (XK) stays.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


@cache
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2, and XK, as CLDR lists them."""
    territories = Locale("en").territories
    return frozenset(code for code in territories if len(code) == 2 and code.isalpha()) - _NO_COUNTRY
