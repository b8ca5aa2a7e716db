"""What a currency and a share may be."""

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CURRENCIES = frozenset(Locale("en").currencies)  # ISO 4217, as the CLDR knows it


def check_currency(code: str) -> None:
    """Raises ValidationError for anything but a code of ISO 4217, such as EUR."""
    if code not in _CURRENCIES:
        raise ValidationError(
            _("“%(code)s” is no code of ISO 4217; euros are EUR.") % {"code": code}, code="currency"
        )
