"""Moments as addresses state them: the same values in each `updated_since`."""

import re
from datetime import UTC, datetime, timedelta

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"([Tt ](?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?)(?P<offset>[Zz]|[-+ ][0-9]{2}:[0-9]{2})?)?"
)


class MomentField(forms.Field):
    """A moment as in RFC 3339, or a day as in ISO 8601; without an offset it is in UTC."""

    def to_python(self, value):
        if not value:
            return None
        try:
            # A plus sign that was not encoded arrives as a blank.
            if not (found := _MOMENT.fullmatch(value.strip())):
                raise ValueError(value)
            day, time, offset = (
                found["day"],
                found["time"] or "00:00:00",
                (found["offset"] or "Z").replace(" ", "+"),
            )
            is_leap = time[6:8] == "60"
            time = f"{time[:6]}59" if is_leap else time
            # In UTC it is within what the database can hold, whatever its offset was.
            moment = datetime.fromisoformat(f"{day}T{time}{offset.upper()}").astimezone(UTC)
            if is_leap and (moment.hour, moment.minute) != (23, 59):
                raise ValueError(value)
            return moment + timedelta(seconds=is_leap)
        except (ValueError, OverflowError) as error:
            raise ValidationError(
                _("Give a moment like this: 2026-01-31T12:00:00Z, or a day: 2026-01-31.")
            ) from error


class MomentFilter(django_filters.Filter):
    field_class = MomentField
