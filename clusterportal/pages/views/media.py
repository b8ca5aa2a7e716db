"""Uploaded pictures: public if a published record shows them; else for who may see the record, and in its preview."""

from django.conf import settings
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from clusterportal.core.pictures import copy_names, is_public, is_visible_to
from clusterportal.core.signed_links import BadLink
from clusterportal.newsroom.domain.preview import previewed

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
    elif is_visible_to(request.user, name) or _is_previewed(request.GET.get("preview"), name):
        response = serve(request, name, document_root=root)
        patch_cache_control(response, private=True, no_store=True)
    else:
        raise Http404
    return response


def _is_previewed(token: str | None, name: str) -> bool:
    """Whether the link of a preview leads to a contribution with this picture."""
    if not token:
        return False
    try:
        image = previewed(token).image
    except BadLink:
        return False
    return bool(image) and name in (image.name, *copy_names(image.name, image.field.sizes))
