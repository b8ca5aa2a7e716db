"""Files of contributions: for everybody while it is published, else for who may see it or has the link of a preview."""

import re

from django.http import Http404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from clusterportal.core.downloads import as_download
from clusterportal.newsroom.domain.preview import opens_file
from clusterportal.newsroom.models import Contribution, File
from clusterportal.newsroom.rules import can_view

_KEY = re.compile(r"[0-9]{1,18}")
KEPT_FOR = 3600  # seconds; a file never changes under its key, but its contribution may be withdrawn


@require_safe
def contribution_file(request, key: str):
    """The file, to be stored; 404 also where the visitor may not see it, and where it is lost."""
    number = int(key) if _KEY.fullmatch(key) else 0
    kept = File.objects.select_related("contribution").filter(pk=number).first()
    if kept is None:
        raise Http404
    is_public = Contribution.objects.published().filter(pk=kept.contribution_id).exists()
    token = request.GET.get("preview", "")
    if not (is_public or can_view(request.user, kept.contribution) or opens_file(token, kept)):
        raise Http404
    answer = as_download(kept)
    if is_public:
        patch_cache_control(answer, public=True, max_age=KEPT_FOR)
    else:
        patch_cache_control(answer, private=True, no_store=True)
    return answer
