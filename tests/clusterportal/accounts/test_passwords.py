"""Passwords are long, not common, not the person's own data, and not what everybody knows about this portal."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from clusterportal.accounts.models import User


@pytest.mark.parametrize(
    "password",
    [
        "kurzkurzkur",
        "password1234",
        "clusterportal",
        "Clusterregister-1",
        "portal.example.org",
        "erika-beispiel",
    ],
)
def test_what_is_easy_to_guess_is_refused(settings, password):
    settings.SITE_URL = "https://portal.example.org"
    with pytest.raises(ValidationError):
        validate_password(password, User(username="erika.beispiel", email="erika@example.org"))


@pytest.mark.parametrize(
    "password", ["ein-langes-Wort-7", "4711081547110815", "vier wörter im cluster", "ä" * 64]
)
def test_any_signs_will_do(password):
    validate_password(password, User(username="erika"))
