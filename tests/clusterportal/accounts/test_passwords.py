"""Passwords are long, not common, not the person's own data, and not what everybody knows about this portal."""

from hashlib import sha1

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


def test_a_list_of_leaked_ones_is_asked_line_by_line_without_another_host(settings, tmp_path):
    """Each of the list is found, first and last ones too, whatever stands behind its hash; nothing else is."""
    leaked = [f"ein-langes-Wort-{number}" for number in range(50)]
    lines = sorted(
        f"{sha1(word.encode()).hexdigest().upper()}:{number}" for number, word in enumerate(leaked)
    )
    settings.LEAKED_PASSWORDS = str(tmp_path / "list.txt")
    for ending in ("\n", "\r\n"):
        (tmp_path / "list.txt").write_bytes(ending.join(lines).encode())
        for word in leaked:
            with pytest.raises(ValidationError, match="Liste"):
                validate_password(word, User(username="erika"))
        for number in range(50, 150):
            validate_password(f"ein-langes-Wort-{number}", User(username="erika"))
    settings.LEAKED_PASSWORDS = ""
    validate_password(leaked[0], User(username="erika"))
