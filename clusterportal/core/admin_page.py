"""A page of the admin that is none of Django's own: a desk, a question before an act, a result."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.template.response import TemplateResponse


def admin_page(request, template: str, context: Mapping[str, Any], **options) -> TemplateResponse:
    """The template with its context, in the frame of the admin: its menu, its titles, its addresses.

    `options`: those of an answer, for example `status`.
    """
    request.current_app = admin.site.name
    framed = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, framed, **options)
