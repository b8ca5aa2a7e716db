"""Pages whose address has changed: links out in the world go on leading there."""

from django.http import Http404
from django.shortcuts import redirect


class LeadsToToday:
    """Mixed into a page about the record under its slug: a former address leads to the one of today."""

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        except Http404:
            today = self.address_today(kwargs["slug"])
            if today == kwargs["slug"]:
                raise
            return redirect(request.resolver_match.view_name, today, permanent=True)

    def address_today(self, slug: str) -> str:
        """The slug of today of what was at `slug` before; `slug` itself where there is none."""
        raise NotImplementedError  # each page knows its own former addresses
