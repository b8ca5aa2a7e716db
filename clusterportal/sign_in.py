"""How people sign in and how long that holds, read by the settings."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from clusterportal.core.environment import Environment

env = Environment()

# ---------- sessions and cookies ----------
# A day's work, and an hour over a long form with its reader's pauses; whoever comes back later signs in again.
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=120)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = (
    True  # no script reads one of them
)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "clusterportal.core.message_cookies.MessageCookies"

# ---------- accounts ----------
AUTHENTICATION_BACKENDS = ["clusterportal.accounts.backends.RoleBackend"]
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict] = [
    {"NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
    {"NAME": "clusterportal.accounts.passwords.NotThisPortal"},
    {"NAME": "clusterportal.accounts.passwords.NotLeaked"},
]
LEAKED_PASSWORDS = env("LEAKED_PASSWORDS", default="")  # a file of their SHA-1, in order
if LEAKED_PASSWORDS and not (Path(LEAKED_PASSWORDS).is_file() and Path(LEAKED_PASSWORDS).stat().st_size):
    raise ImproperlyConfigured(f"LEAKED_PASSWORDS: {LEAKED_PASSWORDS} is no file, or an empty one.")
# Sign-in, also for the admin: accounts come by invitation only, and everybody may add a second factor.
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
ACCOUNT_ADAPTER = "clusterportal.review.adapter.PortalAccountAdapter"
ACCOUNT_FORMS = {"login": "clusterportal.review.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made for e-mails that were confirmed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have the portal write to strangers
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "clusterportal.review.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
