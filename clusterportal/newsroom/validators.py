"""What pictures of contributions must be like."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clusterportal.core.pictures import check_picture

MOST_BYTES = 10 * 1024 * 1024


def check_image(file) -> None:
    """Raises ValidationError for more than 10 MB, and for what is no still picture in PNG, JPEG or WebP."""
    if not getattr(file, "_committed", False) and file.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 10 MB. Please save it smaller."))
    check_picture(file)
