"""Pages of the admin for administrators alone: how the portal runs, and what it has to state about itself."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Asks whoever is not signed in to do so, and refuses everybody who is no administrator."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(guarded)
