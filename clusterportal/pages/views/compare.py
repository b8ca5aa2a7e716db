"""Up to four actors side by side; the address names them, so that it can be kept and shared."""

from django.db.models import Case, F, Prefetch, Q, Value, When
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from actors.domain.taxonomy import Taxonomy
from actors.enums import RelationKind
from actors.facets.index_loading import current_index
from actors.filters import ActorFilterSet
from actors.landscape.neighbours import similar
from actors.models import Actor, ActorRelation, LayerPlacement
from clusterportal.core.spelling import caseless
from clusterportal.pages.presenters.comparison import MOST_LINES, different, groups
from clusterportal.pages.presenters.named_actors import (
    NamedActors,
    address_of,
    download_address,
    named_actors,
)

MOST_COMPARED = 4
MOST_OFFERED = 5  # actors to choose from, for a word that several answer
MOST_TIES = 100


class CompareView(View):
    """`add` is what a visitor typed to find one more actor; a single answer, or one called so, is added at once."""

    def get(self, request):
        named, taxonomy = named_actors(request.GET), Taxonomy()
        shown = Actor.objects.published().for_profile().prefetch_related("services")
        actors = shown.listed(named.keys[:MOST_COMPARED])
        slugs = [actor.slug for actor in actors]
        word = request.GET.get("add", "").strip()
        offered = _answering(word, named, taxonomy) if word and len(actors) < MOST_COMPARED else []
        if meant := _meant(word, offered):
            return redirect(f"{reverse('pages:compare')}{address_of([*slugs, meant.slug])}")
        is_narrowed = "differences" in request.GET
        found = _groups(actors, taxonomy) if len(actors) > 1 else []
        context = {
            "columns": [(actor, address_of([one for one in slugs if one != actor.slug])) for actor in actors],
            "names": _names(actors),
            "groups": different(found) if is_narrowed else found,
            "is_narrowed": is_narrowed,
            "whole": address_of(slugs),
            "narrowed": address_of(slugs, differences=1),
            "table": download_address("csv", actors) if actors else "",
            "named": named,
            "is_too_many": len(named.keys) > MOST_COMPARED,
            "may_add": len(actors) < MOST_COMPARED,
            "word": word,
            "offered": [(one, address_of([*slugs, one.slug])) for one in offered],
            "similar": [(one, address_of([*slugs, one.slug])) for one in _like(actors, taxonomy)],
        }
        return render(request, "pages/compare.html", context)


def _answering(word: str, named: NamedActors, taxonomy: Taxonomy) -> list[Actor]:
    """The best answers to what was typed, without those that stand in the comparison already."""
    question = QueryDict(mutable=True)
    question["q"] = word
    filterset = ActorFilterSet(question, taxonomy=taxonomy)
    if not filterset.is_valid():
        return []
    keys = filterset.listing[: MOST_OFFERED + MOST_COMPARED]
    new = [key for key in keys if key not in named.keys[:MOST_COMPARED]]
    placements = LayerPlacement.objects.select_related("layer")
    return (
        Actor.objects.published()
        .prefetch_related(Prefetch("placements", placements))
        .listed(new[:MOST_OFFERED])
    )


def _meant(word: str, offered: list[Actor]) -> Actor | None:
    """The only answer, or the only one that is called just so."""
    called_so = [one for one in offered if caseless(word) in map(caseless, (one.short_name, one.name))]
    return next((few[0] for few in (offered, called_so) if len(few) == 1), None)


def _like(actors: list[Actor], taxonomy: Taxonomy) -> list[Actor]:
    """Whom to compare a single actor with."""
    if len(actors) != 1:
        return []
    keys = similar(actors[0], current_index(taxonomy.version), taxonomy)
    placements = LayerPlacement.objects.select_related("layer")
    return Actor.objects.published().prefetch_related(Prefetch("placements", placements)).listed(keys)


def _groups(actors: list[Actor], taxonomy: Taxonomy):
    keys = [actor.pk for actor in actors]
    among = Q(source__in=keys, target__in=keys)
    ties = ActorRelation.objects.public().filter(among | Q(kind=RelationKind.PARENT, target__in=keys))
    shown = ("slug", "name", "short_name", "country")
    ends = [f"{end}__{column}" for end in ("source", "target") for column in shown]
    ties = ties.select_related("source", "target").only("kind", "since", *ends)
    ties = ties.order_by("kind", "source__sort_key", "target__sort_key")
    return groups(actors, list(ties[:MOST_TIES]), _common_partners(keys), taxonomy)


def _common_partners(keys: list[int]) -> dict[int, list[Actor]]:
    """By actor, whom it has a relation with and another one of `keys` too; those of most of them come first."""
    relations = ActorRelation.objects.order_by()
    partners = Actor.objects.published().exclude(pk__in=keys)
    for number, key in enumerate(keys):
        either_way = Q(pk__in=relations.filter(source=key).values("target")) | Q(
            pk__in=relations.filter(target=key).values("source")
        )
        partners = partners.annotate(**{f"tied_{number}": Case(When(either_way, Value(1)), default=Value(0))})
    tied = sum(F(f"tied_{number}") for number in range(len(keys)))
    several = partners.annotate(ties=tied).filter(ties__gte=2).order_by("-ties", "sort_key", "pk")
    found = list(several[:MOST_LINES])
    return {key: [one for one in found if getattr(one, f"tied_{number}")] for number, key in enumerate(keys)}


def _names(actors: list[Actor]) -> str:
    """ "A, B and C"."""
    names = [str(actor) for actor in actors]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
