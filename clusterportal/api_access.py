"""Who may ask the API, how often, how it says no, and how it is documented; read by the settings."""

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from clusterportal.core.environment import Environment

env = Environment()
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

# Choices of several fields, as the document of the API calls them.
_ENUM_NAMES = {
    "ActorKind": "actors.enums.ActorKind",
    "ClusterKind": "clusterportal.clusters.enums.ClusterKind",
    "ContributionKind": "clusterportal.newsroom.enums.Kind",
    "EventKind": "clusterportal.newsroom.enums.EventKind",
    "RelationKind": "actors.enums.RelationKind",
    "SearchKind": "clusterportal.partnering.enums.SearchKind",
    "SearchState": "clusterportal.partnering.enums.Standing",
    "SuggestionKind": "actors.search.suggestions.KINDS",
    "TieKind": "clusterportal.network.enums.TIE_KINDS",
}


def document_of(site_name: str) -> dict:
    """What drf-spectacular is told of the API of this portal."""
    return {
        "TITLE": f"{site_name} API",
        "DESCRIPTION": _(
            "Open data of the registry: actors, layers, application areas, clusters and relations."
        ),
        "VERSION": "1",
        "OAS_VERSION": "3.1.0",
        "SCHEMA_PATH_PREFIX": r"/api/v1/",
        "SERVE_INCLUDE_SCHEMA": False,
        "SORT_OPERATION_PARAMETERS": False,
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "clusterportal.api.schema.complete",
            "clusterportal.api.clients.for_clients",
        ],
        "ENUM_NAME_OVERRIDES": _ENUM_NAMES,
    }
