"""Form fields of the actor filters: each says in its error what a good value looks like."""

from dataclasses import dataclass
from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy as _

LONGEST_PLACE = 100


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


class NumbersField(forms.Field):
    """Decimal degrees separated by commas, each within plus and minus its limit."""

    def __init__(self, *args, limits: tuple[float, ...], example: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.limits, self.example = limits, example

    def to_python(self, value):
        if not value:
            return None
        try:
            numbers = [float(part) for part in value.split(",")]
        except ValueError:
            numbers = []
        if len(numbers) != len(self.limits) or not all(
            -limit <= number <= limit for number, limit in zip(numbers, self.limits, strict=True)
        ):
            raise ValidationError(_("Give degrees like this: %(example)s."), params={"example": self.example})
        return numbers


class PlaceField(forms.Field):
    """Degrees (`49.44,7.77`), a postcode or a town, read as a point."""

    def __init__(self, *args, example: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.example = example
        self.degrees = NumbersField(limits=(90, 180), example=example, required=False)

    def to_python(self, value):
        from actors.domain.nearby import Point, UnclearPlace, find_point, is_in_degrees

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
                _("“%(value)s” is no place that is known here. Give a postcode, a town, or degrees like this: "
                  "%(example)s."),
                params={"value": text, "example": self.example}, code="unknown",
            )  # fmt: skip
        known = "; ".join(f"{place.text} ({place.around or place.country})" for place in places)
        return ValidationError(
            _("Several places are called “%(value)s”. Choose one: %(known)s."),
            params={"value": text, "known": known, "places": places},
            code="several",
        )


class MomentField(forms.Field):
    """A moment (RFC 3339) or a day (ISO 8601)."""

    def to_python(self, value):
        if not value:
            return None
        try:
            # A plus sign that was not encoded arrives as a blank.
            moment = parse_datetime(value.replace(" ", "+"))
            moment = moment or parse_datetime(f"{parse_date(value)}T00:00:00")
            if moment is None:
                raise ValueError(value)
            # In UTC it is within what the database can hold, whatever its offset was.
            return (make_aware(moment) if is_naive(moment) else moment).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValidationError(
                _("Give a moment like this: 2026-01-31T12:00:00Z, or a day: 2026-01-31.")
            ) from error


@dataclass(frozen=True)
class SchemeValue:
    scheme: str
    value: str


class IdentifierField(forms.Field):
    """`scheme:value`, as in `ror:019hjw009`."""

    def to_python(self, value):
        from actors.validators import clean_identifier

        if not value:
            return None
        scheme, _colon, number = value.partition(":")
        try:
            return SchemeValue(scheme, clean_identifier(scheme, number))
        except ValueError as error:
            raise ValidationError(
                _(
                    "Give scheme and value like this: ror:019hjw009. "
                    "Schemes: ror, lei, wikidata, vat, register."
                )
            ) from error
