"""Which postcodes a text means."""

import re

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from clusterportal.core.functions import Fold
from clusterportal.places.own_names import asked_for

# "67655", "D-67655 Kaiserslautern", "AT-1010 Wien", "75001 Paris"
_WITH_CODE = re.compile(
    r"(?:(?P<country>[A-Za-z]{1,2})-)?(?P<code>[0-9A-Za-z]*[0-9][0-9A-Za-z-]*)(?:\s+(?P<name>\S.*))?"
)
_SPELT_OUT = re.compile(r"(?<=[aou])e")  # Muenster
_POSTAL_COUNTRIES = {"D": "DE", "A": "AT", "F": "FR", "I": "IT", "L": "LU", "B": "BE"}  # as once on letters


def spellings(name: str) -> list[Fold]:
    """Keys under which a town of this name may stand."""
    texts = sorted({name.lower(), _SPELT_OUT.sub("", name.lower()), asked_for(name).lower()})
    return [Fold(Value(text)) for text in texts]


class PostcodeQuerySet(QuerySet):
    def meant_by(self, text: str):
        """Rows of the postcode, or of the towns, that `text` names: 67655, 67655 Kaiserslautern, Kaiserslautern.

        A town is found by its whole name or by its first words: Frankfurt is also Frankfurt (Oder).
        """
        text = " ".join(text.split())
        whole = self.filter(code=text.upper())  # a code may hold a blank: SW1A 1AA
        parts = _WITH_CODE.fullmatch(text)
        if not parts:
            return whole | self._named(text)
        coded = self.filter(code=parts["code"].upper())
        if letters := (parts["country"] or "").upper():
            coded = coded.filter(country=_POSTAL_COUNTRIES.get(letters, letters))
        return whole | (coded._named(parts["name"]) if parts["name"] else coded)

    def _named(self, name: str):
        condition = Q()
        for folded in spellings(name):
            condition |= Q(key=folded) | Q(key__startswith=Concat(folded, Value(" ")))
        return self.filter(condition)
