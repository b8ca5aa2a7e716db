"""What pictures and moments of contributions must be like."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clusterportal.core.constraints import FIRST_DAY, LAST_DAY, check_day
from clusterportal.core.pictures import check_picture

MOST_BYTES = 10 * 1024 * 1024


def check_image(file) -> None:
    """Raises ValidationError for more than 10 MB, and for what is no still picture in PNG, JPEG or WebP."""
    if not getattr(file, "_committed", False) and file.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 10 MB. Please save it smaller."))
    check_picture(file)


def check_moment(moment: datetime) -> None:
    """Raises ValidationError for a moment before 1980 or after 2100, by the day in the portal's time zone."""
    is_near = (
        FIRST_DAY.year <= moment.year <= LAST_DAY.year
    )  # no other clock knows the first and the last moment
    check_day((localtime(moment) if is_near else moment).date())
