from django.conf import settings


def portal(request) -> dict:
    """What every page knows of the portal."""
    return {"SITE_NAME": settings.SITE_NAME}
