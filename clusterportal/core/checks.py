"""What `check --deploy` asks of the settings of a public portal."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

NO_PROXY = Warning(
    "PROXY_COUNT is 0, but a portal with HTTPS stands behind a proxy: all visitors seem to come from its address, so "
    "that ten wrong passwords of anybody lock everybody out.",
    hint="Set PROXY_COUNT to the number of proxies that add to X-Forwarded-For, mostly 1.",
    id="core.W001",
)


@register(Tags.security, deploy=True)
def check_proxies(app_configs, **kwargs) -> list[Warning]:
    """Limits count by visitor only where the portal knows how many proxies stand before it."""
    is_behind_one = settings.IS_HTTPS and settings.IS_PUBLIC
    return [NO_PROXY] if is_behind_one and not settings.ALLAUTH_TRUSTED_PROXY_COUNT else []
