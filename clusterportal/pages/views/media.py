"""Uploaded pictures: public if a published record shows them, else for users who may see the record or its preview."""

from django.conf import settings
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from clusterportal.core.pictures import is_public, is_visible_to
from clusterportal.newsroom.domain.preview import opens_picture

KEPT_FOR = 3600  # seconds; a file never changes under its name, but its record may be withdrawn


@require_safe
def picture_file(request, name: str):
    """A picture or a smaller copy; 404 also if it belongs to a record that the visitor may not see."""
    root = str(settings.MEDIA_ROOT)
    if is_public(name):
        response = serve(request, name, document_root=root)
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
        response.headers["Access-Control-Allow-Origin"] = (
            "*"  # partner sites draw logos into pictures of their own
        )
    elif is_visible_to(request.user, name) or opens_picture(request.GET.get("preview", ""), name):
        response = serve(request, name, document_root=root)
        patch_cache_control(response, private=True, no_store=True)
    else:
        raise Http404
    return response
