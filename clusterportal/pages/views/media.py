"""Uploaded pictures: what a published record shows is for everybody, the rest for those who see the record."""

from django.conf import settings
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from clusterportal.core.pictures import is_public, is_visible_to

KEPT_FOR = 3600  # seconds in caches; a file never changes under its name, but its record may be withdrawn


@require_safe
def picture_file(request, name: str):
    """A picture or a copy of it; 404 also where it belongs to a record that the visitor does not see."""
    if is_public(name):
        response = serve(request, name, document_root=settings.MEDIA_ROOT)
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
    elif is_visible_to(request.user, name):
        response = serve(request, name, document_root=settings.MEDIA_ROOT)
        patch_cache_control(response, private=True, no_store=True)
    else:
        raise Http404
    return response
