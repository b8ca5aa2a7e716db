"""Uploaded pictures: public if a published record shows them, else for users who may see the record or its preview."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from clusterportal.core.pictures import is_public, is_visible_to
from clusterportal.newsroom.domain.preview import opens_picture

KEPT_FOR = 3600  # seconds; a file never changes under its name, but its record may be withdrawn


@require_safe
def picture_file(request, name: str):
    """A picture or a smaller copy; 404 also if it belongs to a record that the visitor may not see."""
    if is_public(name):
        response = _content(request, name)
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
        response.headers["Access-Control-Allow-Origin"] = (
            "*"  # partner sites draw logos into pictures of their own
        )
    elif is_visible_to(request.user, name) or opens_picture(request.GET.get("preview", ""), name):
        response = _content(request, name)
        patch_cache_control(response, private=True, no_store=True)
    else:
        raise Http404
    return response


def _content(request, name: str):
    try:
        modified = default_storage.get_modified_time(name).timestamp()
        if not was_modified_since(request.META.get("HTTP_IF_MODIFIED_SINCE"), modified):
            return HttpResponseNotModified()
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    kind, _coding = mimetypes.guess_type(name)
    response = FileResponse(file, content_type=kind or "application/octet-stream")
    response.headers["Last-Modified"] = http_date(modified)
    return response
