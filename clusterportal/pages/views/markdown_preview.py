"""What a text in Markdown will look like, for whoever writes it in the admin; nothing is stored."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from clusterportal.core.markdown_text import LONGEST_MARKED_TEXT
from clusterportal.pages.markdown import render


@require_POST
def shown(request):
    """The text `text` as safe HTML, without a page around it."""
    return HttpResponse(render(request.POST.get("text", "")[:LONGEST_MARKED_TEXT]))
