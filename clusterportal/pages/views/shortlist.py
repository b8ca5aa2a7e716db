"""The list of remembered actors. The browser keeps it; the address carries it, to be shown, shared and saved."""

from django.shortcuts import render
from django.urls import reverse
from django.views import View

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.pages.presenters.actor_rows import as_rows, narrow
from clusterportal.pages.presenters.named_actors import MOST_NAMED, address_of, download_address, named_actors

DOWNLOADS = ("csv", "xlsx")


class ShortlistView(View):
    """Without `actor` it says how the list works; `shortlist.js` then goes on to the browser's own."""

    def get(self, request):
        named = named_actors(request.GET)
        actors = narrow(Actor.objects.published(), also=("uid",)).listed(named.keys) if named.keys else []
        slugs = {actor.pk: actor.slug for actor in actors}
        page = reverse("pages:shortlist")
        context = {
            "rows": [
                (row, page + address_of([one for one in slugs.values() if one != row.actor.slug]))
                for row in as_rows(actors, Taxonomy())
            ],
            "named": named,
            "most": MOST_NAMED,
            "found": page + address_of(slugs.values()),
            # As the browser should remember it: by today's addresses, and those that lead nowhere as they were.
            "today": address_of(
                dict.fromkeys(slugs.get(named.by_name.get(one, 0), one) for one in named.given)
            ),
            "downloads": [(format.upper(), download_address(format, actors)) for format in DOWNLOADS],
            "link": request.build_absolute_uri(page + address_of(slugs.values())),
        }
        return render(request, "pages/shortlist.html", context)
