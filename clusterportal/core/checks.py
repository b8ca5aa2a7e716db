"""What `check` asks of the settings, and `check --deploy` of those of a public portal."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Info, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

from clusterportal.core.licence import data_licence

NO_PROXY = Warning(
    "PROXY_COUNT is 0, but a portal with HTTPS stands behind a proxy: all visitors seem to come from its address, so "
    "that ten wrong passwords of anybody lock everybody out.",
    hint="Set PROXY_COUNT to the number of proxies that add to X-Forwarded-For, mostly 1.",
    id="core.W001",
)

NO_OPERATOR = Info(
    "OPERATOR_EMAIL is empty: enquiries that concern no cluster go to the administrators, and the foot of the pages "
    "names nobody who runs the portal.",
    hint="Set OPERATOR_EMAIL to an address that is read.",
    id="core.I001",
)

LOOPBACK = Warning(
    "WEBHOOKS_TO_LOOPBACK is on: webhooks reach services of this machine, over http too.",
    hint="Leave it out on a public portal; it is for tests and trials.",
    id="core.W002",
)


@register(Tags.security, deploy=True)
def check_proxies(app_configs, **kwargs) -> list[Warning]:
    """Limits count by visitor only where the portal knows how many proxies stand before it."""
    is_behind_one = settings.IS_HTTPS and settings.IS_PUBLIC
    return [NO_PROXY] if is_behind_one and not settings.ALLAUTH_TRUSTED_PROXY_COUNT else []


@register(Tags.security, deploy=True)
def check_operator(app_configs, **kwargs) -> list[Info]:
    """Somebody has to read what visitors of a public portal ask."""
    return [NO_OPERATOR] if settings.IS_PUBLIC and not settings.OPERATOR_EMAIL else []


@register()
def check_licence(app_configs, **kwargs) -> list[Error]:
    """Every copy of the data names their licence."""
    try:
        data_licence()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="core.E001")]
    return []


@register(Tags.security, deploy=True)
def check_webhooks(app_configs, **kwargs) -> list[Warning]:
    """Whoever enters the address of a webhook would choose among the services of the machine."""
    return [LOOPBACK] if settings.IS_PUBLIC and settings.WEBHOOKS_TO_LOOPBACK else []


@register(Tags.security, deploy=True)
def check_ways(app_configs, **kwargs) -> list[Warning]:
    """What goes to other machines goes encrypted: rows, mails, counts of visitors."""
    return [
        Warning(
            f"{variable} leads to {host} without encryption.",
            hint=f"{hint}, unless nobody else can listen on the way.",
            id="core.W003",
        )
        for variable, host, is_encrypted, hint in _ways()
        if not (is_encrypted or is_here(host))
    ]


def is_here(host: str) -> bool:
    """Whether this is the machine itself: its names, its loopback, a socket of its file system."""
    return host in ("", "localhost", "::1") or host.startswith(("127.", "/"))


def _ways() -> Iterator[tuple[str, str, bool, str]]:
    """Variable, host, whether it is encrypted, and what would make it so."""
    database = settings.DATABASES["default"]
    mode = database.get("OPTIONS", {}).get("sslmode", "")
    is_encrypted = mode in ("require", "verify-ca", "verify-full")
    yield "DATABASE_URL", database.get("HOST", ""), is_encrypted, "Add ?sslmode=verify-full"
    if settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        is_encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
        yield "EMAIL_URL", settings.EMAIL_HOST, is_encrypted, "Begin it with smtp+tls: or smtp+ssl:"
    places = settings.CACHES["default"].get("LOCATION", "")
    for place in map(urlsplit, places if isinstance(places, list | tuple) else [places]):
        if place.scheme in ("redis", "valkey"):
            yield "CACHE_URL", place.hostname or "", False, "Begin it with rediss: or valkeys:"
