"""Form fields of the actor filters: each says in its error what a good value looks like."""

import re
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.domain.nearby import Point, UnclearPlace, find_point, is_in_degrees
from actors.domain.term_nouns import address_today
from actors.enums import TermNoun
from actors.models import Topic
from actors.validators import clean_identifier
from clusterportal.clusters.models import Cluster
from clusterportal.core.countries import country_codes
from clusterportal.history.former_addresses import slug_today
from layers.models import Layer

LONGEST_PLACE = 100
MOST_FORMER = 20  # former addresses in one parameter
UID_EXAMPLE = "00000000-0000-4000-8000-000000000000"
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,30})?")


class _RepeatedInput(forms.MultipleHiddenInput):
    """Reads every value of a repeated parameter."""

    def value_from_datadict(self, data, files, name):
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value.strip() for value in given if value.strip()]


class _RepeatedCodesInput(_RepeatedInput):
    """Codes hold no comma, so `a,b` in one parameter is two."""

    def value_from_datadict(self, data, files, name):
        given = super().value_from_datadict(data, files, name)
        return [code.strip() for value in given for code in value.split(",") if code.strip()]


class ValuesField(forms.Field):
    """Any number of words: `city=Leipzig&city=Kaiserslautern`."""

    widget = _RepeatedInput

    def to_python(self, value):
        for word in value or []:
            if "\x00" in word or len(word) > 200:
                raise ValidationError(_("This value is too long or holds characters that no name has."))
        return list(dict.fromkeys(value or []))


class CodesField(ValuesField):
    """Any number of known codes; an unknown one is refused, naming the known ones."""

    widget = _RepeatedCodesInput

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = choices

    def validate(self, value):
        super().validate(value)
        if not value:
            return  # the vocabulary is read only where it is needed
        known = [str(code) for code, _label in (self.choices() if callable(self.choices) else self.choices)]
        for code in value:
            if code not in known:
                raise ValidationError(
                    _("“%(value)s” is not known here. Known are: %(known)s."),
                    params={"value": code, "known": ", ".join(known) or "–"},
                    code="unknown",
                )


class AddressesField(CodesField):
    """Records by their slugs; a former one leads on to the one of today."""

    today: Callable[[str], str]  # from a former slug to the one of today, or to itself

    def to_python(self, value):
        slugs = super().to_python(value)
        known = {code for code, _label in self.choices()} if slugs else set()
        return _addresses_today(slugs, known, self.today)


class LayersField(AddressesField):
    today = partial(slug_today, Layer)


class ClustersField(AddressesField):
    today = partial(slug_today, Cluster)


class AreasField(AddressesField):
    today = partial(address_today, TermNoun.AREA)  # or of what it became part of


def _addresses_today(slugs: list[str], known: Collection[str], today: Callable[[str], str]) -> list[str]:
    """The slugs of today, once each; many unknown ones are no former ones, and are refused as they stand."""
    unknown = [slug for slug in slugs if slug not in known]
    found = {slug: today(slug) for slug in unknown[:MOST_FORMER]}
    return list(dict.fromkeys(found.get(slug, slug) for slug in slugs))


class CountriesField(ValuesField):
    """Any number of countries, two letters each, in capitals or not."""

    def to_python(self, value):
        codes = [code.upper() for code in super().to_python(value)]
        for code in codes:
            if code not in country_codes():
                raise ValidationError(
                    _("“%(value)s” is no country here. Give two letters (ISO 3166-1) like this: DE."),
                    params={"value": code[:100]},
                    code="unknown",
                )
        return list(dict.fromkeys(codes))


class TopicsField(ValuesField):
    """Any number of topics that published actors work on, by slug; a merged one leads on to what it became part of."""

    def to_python(self, value):
        slugs = super().to_python(value)
        known = set(Topic.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()
        return _addresses_today(slugs, known, partial(address_today, TermNoun.TOPIC))

    def validate(self, value):
        super().validate(value)
        known = (
            set(Topic.objects.public().filter(slug__in=value).values_list("slug", flat=True)) if value else ()
        )
        for slug in value:
            if slug not in known:
                raise ValidationError(
                    _("“%(value)s” is no topic that anybody here works on."),
                    params={"value": slug[:100]},
                    code="unknown",
                )


class NumbersField(forms.Field):
    """Decimal degrees separated by commas, each within plus and minus its limit."""

    def __init__(self, *args, limits: tuple[float, ...], example: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.limits, self.example = limits, example

    def to_python(self, value):
        if not value:
            return None
        parts = [part.strip() for part in value.split(",")]
        numbers = [float(part) for part in parts if _DEGREES.fullmatch(part)]
        if (
            len(parts) != len(self.limits)
            or len(numbers) != len(self.limits)
            or not all(-limit <= number <= limit for number, limit in zip(numbers, self.limits, strict=True))
        ):
            raise ValidationError(_("Give degrees like this: %(example)s."), params={"example": self.example})
        return numbers


class BoxField(NumbersField):
    """West, south, east, north. A box over the date line has west greater than east; south is never beyond north."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, limits=(180, 90, 180, 90), **kwargs)

    def to_python(self, value):
        box = super().to_python(value)
        if box and box[1] > box[3]:
            raise ValidationError(
                _(
                    "The order is west, south, east, north: the second number must not be greater than the fourth."
                )
            )
        return box


class PlaceField(forms.Field):
    """Degrees (`49.44,7.77`), a postcode or a town, read as a point."""

    def __init__(self, *args, example: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.example = example
        self.degrees = NumbersField(limits=(90, 180), example=example, required=False)

    def to_python(self, value):
        text = (value or "").strip()
        if not text:
            return None
        if is_in_degrees(text):
            return Point(*self.degrees.to_python(text))
        if "\x00" in text or len(text) > LONGEST_PLACE:
            raise ValidationError(_("This value is too long or holds characters that no name has."))
        try:
            return find_point(text)
        except UnclearPlace as error:
            raise self._unclear(text, error.places) from error

    def _unclear(self, text: str, places: list) -> ValidationError:
        if not places:
            return ValidationError(
                _(
                    "“%(value)s” is no place that is known here. Give a postcode, a town, or degrees like this: "
                    "%(example)s."
                ),
                params={"value": text, "example": self.example},
                code="unknown",
            )
        known = "; ".join(f"{place.text} ({place.around or place.country})" for place in places)
        return ValidationError(
            _("Several places are called “%(value)s”. Choose one: %(known)s."),
            params={"value": text, "known": known, "places": places},
            code="several",
        )


class UidsField(ValuesField):
    """Any number of permanent ids."""

    def to_python(self, value):
        return list(dict.fromkeys(self._read(text) for text in super().to_python(value)))

    @staticmethod
    def _read(text: str) -> uuid.UUID:
        try:
            return uuid.UUID(text)
        except ValueError as error:
            raise ValidationError(
                _("Give permanent ids like this: %(example)s."), params={"example": UID_EXAMPLE}
            ) from error


@dataclass(frozen=True)
class SchemeValue:
    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class IdentifiersField(ValuesField):
    """Any number of `scheme:value`, as in `ror:019hjw009`."""

    def to_python(self, value):
        return list(dict.fromkeys(self._read(text) for text in super().to_python(value)))

    @staticmethod
    def _read(text: str) -> SchemeValue:
        scheme, _colon, number = text.partition(":")
        try:
            return SchemeValue(scheme, clean_identifier(scheme, number))
        except ValueError as error:
            raise ValidationError(
                _(
                    "Give scheme and value like this: ror:019hjw009. "
                    "Schemes: ror, lei, wikidata, vat, register."
                )
            ) from error
