"""The relations of one actor as a list: page by page, however many there are; each has a page of its own."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, When
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from actors.domain.relations import is_public, words_of
from actors.enums import RelationKind
from actors.models import Actor, ActorRelation
from actors.rules import can_edit, can_publish
from clusterportal.core.admin_page import admin_page

PER_PAGE = 25
BACK_TO = "of"  # names the actor to whose page the page of a relation leads back
_PERMISSION = "actors.{}_actorrelation"


@dataclass(frozen=True)
class RelationRow:
    """A relation as the actor of the page sees it; the addresses are empty for whoever may only read it."""

    relation: ActorRelation
    words: str
    other: Actor
    change_url: str = ""
    delete_url: str = ""


@dataclass(frozen=True)
class RelationList:
    """One page of the relations of an actor, with what the list needs around it."""

    rows: list[RelationRow]
    page: Page
    kinds: list[tuple[str, str, int]]  # code, label, how many
    kind: str  # the one that is shown; empty for all
    total: int
    url: str
    add_from_url: str  # empty for whoever may state none
    add_to_url: str


class ListsRelations(ModelAdmin):
    """For the admin of actors: the list of an actor's relations, in its page and as a page of its own."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.relations_view)
        return [path("<int:pk>/relations/", view, name="actors_actor_relations"), *super().get_urls()]

    def relations_view(self, request, pk: int):
        """One page of the list; only the list for htmx, which puts it into the actor's page."""
        actor = self.get_object(request, str(pk))
        if actor is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_view_or_change_permission(request, actor) or not may_read(request.user):
            raise PermissionDenied
        context = {
            "title": _("Relations"),
            "opts": self.opts,
            "original": actor,
            "relations": relations_of(actor, request),
        }
        is_part = "HX-Request" in request.headers
        template = "admin/actors/actor/_relations.html" if is_part else "admin/actors/actor/relations.html"
        return admin_page(request, template, context, headers={"Vary": "HX-Request"})


def may_read(user) -> bool:
    return user.has_perm(_PERMISSION.format("view")) or user.has_perm(_PERMISSION.format("change"))


def relations_of(actor: Actor, request) -> RelationList:
    """The page, and the kind, that the request asks for of the relations of `actor`; in three queries."""
    relations = ActorRelation.objects.of(actor)
    counts = dict(relations.order_by().values_list("kind").annotate(number=Count("pk")))
    asked = request.GET.get("kind", "")
    kind = asked if asked in counts else ""
    partner = Case(When(source=actor.pk, then=F("target__sort_key")), default=F("source__sort_key"))
    chosen = relations.filter(kind=kind) if kind else relations
    chosen = chosen.select_related("source", "target").order_by("kind", partner, "pk")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    user = request.user
    may_add = user.has_perm(_PERMISSION.format("add")) and can_edit(user, actor)
    add = reverse("admin:actors_actorrelation_add")
    return RelationList(
        rows=[_row(relation, actor, user) for relation in page],
        page=page,
        kinds=[(code, str(label), counts[code]) for code, label in RelationKind.choices if code in counts],
        kind=kind,
        total=sum(counts.values()),
        url=reverse("admin:actors_actor_relations", args=[actor.pk]),
        add_from_url=f"{add}?{urlencode({'source': actor.pk, BACK_TO: actor.pk})}" if may_add else "",
        add_to_url=f"{add}?{urlencode({'target': actor.pk, BACK_TO: actor.pk})}"
        if may_add and (can_publish(user) or not actor.is_published)
        else "",
    )


def _row(relation: ActorRelation, actor: Actor, user) -> RelationRow:
    """A relation that begins at another actor is that actor's to state, for whoever may not publish."""
    is_outgoing = relation.source_id == actor.pk
    may_write = can_publish(user) or is_outgoing or not is_public(relation.source, relation.target)
    urls = {
        f"{act}_url": (
            f"{reverse(f'admin:actors_actorrelation_{act}', args=[relation.pk])}?{BACK_TO}={actor.pk}"
        )
        for act in ("change", "delete")
        if may_write and user.has_perm(_PERMISSION.format(act))
    }
    other = relation.target if is_outgoing else relation.source
    return RelationRow(relation, words_of(relation, actor.pk), other, **urls)
