"""One actor."""

from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from actors.api.linked import in_linked_data
from actors.domain.history import was_published
from actors.domain.linked_data import PAGE_CONTEXT, linked_data
from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.landscape.neighbours import complementary, similar
from actors.landscape.region import outside
from actors.models import Actor, Service
from applications.models import ApplicationArea
from clusterportal.core.pictures import PROFILE, picture
from clusterportal.core.slugs import as_uid
from clusterportal.core.web_hosts import host_of
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow
from clusterportal.pages.presenters.contact import contact_of
from clusterportal.pages.presenters.contribution_rows import newest_and_next
from clusterportal.pages.presenters.places import place_of_actor
from clusterportal.pages.presenters.profile_relations import relations_of
from clusterportal.pages.presenters.projects import projects_of_actor
from clusterportal.pages.views.data_links import link_record
from clusterportal.pages.views.errors import gone
from clusterportal.partnering.domain.suggesting import suggestions_of


class ActorDetailView(View):
    """A former address redirects (301), a withdrawn actor is gone (410).

    Staff see the actors that they work with before they are published, as visitors will see them: the preview.
    """

    def get(self, request, slug):
        actor = _with_everything(Actor.objects.visible_to(request.user)).filter(slug=slug).first()
        if actor is None:
            return elsewhere(request, slug)
        response = render(request, "pages/profile.html", _context(request, actor))
        if not actor.is_published:
            patch_cache_control(response, private=True, no_store=True)
            response["X-Robots-Tag"] = "noindex"
        else:
            link_record(response, "api:actor-detail", slug)
        return response


def elsewhere(request, slug: str, *, view: str = "actors:actor-detail"):
    """A former address or a permanent id, also of a merged actor, redirects to the current address.

    `view`: the page of an actor that was asked for. What was withdrawn is gone (410). Raises Http404.
    """
    known = Actor.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug))
    if uid := as_uid(slug):
        known = Actor.objects.filter(Q(uid=uid) | Q(former_uids__uid=uid))
    if actor := known.visible_to(request.user).exclude(slug=slug).first():
        return redirect(view, slug=actor.slug, permanent=True)
    if known.withdrawn().exists() or was_published(slug=slug, uid=uid):
        return gone(request)
    raise Http404(_("There is no such actor."))


def _with_everything(actors):
    """`actors` with all related records that a profile shows."""
    services = Service.objects.select_related("layer").prefetch_related(
        Prefetch("areas", ApplicationArea.objects.active())
    )
    return actors.with_translated_name().for_profile().prefetch_related(Prefetch("services", services))


def _context(request, actor: Actor) -> dict:
    address = request.build_absolute_uri(actor.get_absolute_url())
    taxonomy = Taxonomy()
    relations = relations_of(actor, taxonomy)
    index = current_index(taxonomy.version)
    alike = similar(actor, index, taxonomy)
    others = complementary(actor, index, taxonomy, without=alike)
    suggestions, suggestion_count = suggestions_of(actor) if actor.is_published else ([], 0)
    neighbours = _with_shared_areas(actor, [*alike, *others], taxonomy)
    told = Contribution.objects.concerning(actor=actor)
    clusters = list({one.cluster_id: one.cluster for one in actor.memberships.all()}.values())
    return {
        "actor": actor,
        "address": address,
        "is_outside": bool(outside(index, taxonomy, [actor.pk])),
        "contact": contact_of(actor),
        "steps": _steps(actor, taxonomy),
        "clusters": clusters,
        "relations": relations,
        "projects": projects_of_actor(actor),
        "similar": [neighbours[key] for key in alike if key in neighbours],
        "complementary": [neighbours[key] for key in others if key in neighbours],
        "place": place_of_actor(actor),
        "logo": picture(actor.logo, PROFILE),
        "source_host": host_of(actor.source) if actor.source.startswith(("http://", "https://")) else "",
        "linked_data": _linked_data(actor),
        "suggestions": suggestions,
        "suggestion_count": suggestion_count,
        # Nothing is told of most actors: one short question then.
        **(newest_and_next(told, taxonomy) if told.published().exists() else {}),
    }


def _linked_data(actor: Actor) -> dict | None:
    """What search engines read, in the language of the page; None for a preview."""
    found = in_linked_data([actor.pk]).get(actor.pk)
    return {"@context": PAGE_CONTEXT, **linked_data(found, language=get_language())} if found else None


def _steps(actor: Actor, taxonomy: Taxonomy) -> list[tuple]:
    """(layer, placement or None) for the five layers."""
    placed = {placement.layer_id: placement for placement in actor.placements.all()}
    return [(layer, placed.get(layer.pk)) for layer in taxonomy.layers]


def _with_shared_areas(
    actor: Actor, others: list[int], taxonomy: Taxonomy
) -> dict[int, tuple[ActorRow, str]]:
    """(row, name of the first area that both have) for the actors `others`, by key."""
    own = {focus.area_id for focus in actor.foci.all()}
    rows = as_rows(narrow(Actor.objects.published()).listed(others), taxonomy)
    return {
        row.actor.pk: (row, next((area.name for area in row.areas if area.pk in own), "")) for row in rows
    }
