"""SECURITY.md says what the code does: every number in it is compared with the one in force."""

import re

from allauth.account import app_settings as account_settings

from clusterportal import sign_in
from clusterportal.accounts.passwords import CONTEXT_WORDS
from clusterportal.atlas.domain.selecting import MOST_PROFILES
from clusterportal.atlas.domain.typesetting import MOST_SECONDS
from clusterportal.core import kept_files, pictures
from clusterportal.core.api.bodies import LARGEST
from clusterportal.imports.domain import uploading
from clusterportal.newsroom.validators import MOST_BYTES as MOST_OF_A_CONTRIBUTION
from clusterportal.review.domain.throttle import PER_EMAIL, PER_NETWORK
from clusterportal.settings import BASE_DIR
from clusterportal.tables.formats import MAX_UNPACKED_BYTES

TEXT = " ".join((BASE_DIR / "SECURITY.md").read_text().split())
MB = 1024 * 1024
[LENGTH] = [one["OPTIONS"]["min_length"] for one in sign_in.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one]


def test_it_says_what_the_code_does():
    limits = account_settings.RATE_LIMITS
    assert (limits["login_failed"], limits["reset_password"]) == ("10/m/ip,5/300s/key", "20/m/ip,5/m/key")
    for sentence in (
        f"at least {LENGTH} characters",
        f"portal, {', '.join(sorted(CONTEXT_WORDS))}.",
        "at most 10 failed sign-ins a minute from one network address and 5 in 300 seconds for one account",
        "Resets: 20 a minute from an address, 5 for an account.",
        f"after {sign_in.SESSION_IDLE_MINUTES} minutes without a request",
        f"{sign_in.SESSION_HOURS} hours after the sign-in",
        f"{uploading.MAX_BYTES // MB} MB, {MAX_UNPACKED_BYTES // MB} MB unpacked, {uploading.MAX_ROWS:,} rows",
        f"{pictures.MOST_BYTES // MB} MB, {pictures.MOST_PIXELS:,} pixels",
        f"{kept_files.MAX_BYTES // MB} MB, of contributions {MOST_OF_A_CONTRIBUTION // MB} MB",
        f"JSON | {LARGEST // MB} MB",
        f"{PER_EMAIL} a day for an e-mail, {PER_NETWORK} for a network",
        f"at most {MOST_PROFILES:,} profiles and {MOST_SECONDS // 60} minutes",
    ):
        assert sentence in TEXT, sentence


def test_what_it_names_is_there():
    named = re.findall(r"`((?:clusterportal|tests|\.ci)/[\w./-]+|constraints\.txt)`", TEXT)
    assert len(named) > 5
    assert [path for path in named if not (BASE_DIR / path).exists()] == []
