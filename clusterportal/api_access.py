"""Who may ask the API, how often, and how it says no; read by the settings."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
# How many answers are computed for a client a minute and a day; 0: any number. Where no proxy says whom it speaks for,
# everybody may seem to come from this machine (`local`): unless the limits are given, it has a hundred times as much.
_anonymous = env.list("API_LIMIT_ANONYMOUS", cast=int, default=[])
API_LIMITS = {
    "anonymous": _anonymous or [600, 50_000],
    "local": _anonymous or [60_000, 5_000_000],
    "key": env.list("API_LIMIT_KEY", cast=int, default=[3_000, 500_000]),
}
if any(len(numbers) != 2 or min(numbers) < 0 for numbers in API_LIMITS.values()):
    raise ImproperlyConfigured("API_LIMIT_ANONYMOUS and API_LIMIT_KEY are two numbers: a minute, a day.")

API_COUNTS_EVERY: float | None = 1.0  # seconds after which a process tells the others what it counted

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["clusterportal.partners.api.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_THROTTLE_CLASSES": ["clusterportal.partners.api.limiting.QuotaThrottle"],
    "DEFAULT_SCHEMA_CLASS": "clusterportal.core.api.auto_schema.PublicSchema",
    "EXCEPTION_HANDLER": "clusterportal.core.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
