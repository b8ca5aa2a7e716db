"""The licence of the registry's data, and how whoever passes them on names their source."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Licences that open data in Germany have, by their code of the SPDX list (https://spdx.org/licenses/).
_ADDRESSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "DL-DE-BY-2.0": "https://www.govdata.de/dl-de/by-2-0",
    "DL-DE-ZERO-2.0": "https://www.govdata.de/dl-de/zero-2-0",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


@dataclass(frozen=True)
class Licence:
    code: str  # for programs, as SPDX writes it
    url: str  # its text


def data_licence() -> Licence:
    """The licence that `DATA_LICENCE` names: a code, or code and address. Raises ImproperlyConfigured."""
    code, _space, url = settings.DATA_LICENCE.strip().partition(" ")
    url = url.strip() or _ADDRESSES.get(code, "")
    if not url.startswith("https://"):
        known = ", ".join(_ADDRESSES)
        raise ImproperlyConfigured(
            f'DATA_LICENCE is "{settings.DATA_LICENCE}": give one of {known}, or a code and its https address.'
        )
    return Licence(code, url)


def attribution() -> str:
    """Whom to name as the source: the portal and its address."""
    return f"{settings.SITE_NAME}, {settings.SITE_URL}"
