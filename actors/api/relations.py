"""Relations between published actors."""

from __future__ import annotations  # methods named `list` hide the type

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from actors.api.lookup import Moved, find
from actors.api.serializers import RelationSerializer
from actors.enums import RelationKind
from actors.models import Actor, ActorRelation
from clusterportal.core.api.parameters import chosen_codes, codes, parameter
from clusterportal.core.api.problems import Gone, InvalidParameters
from clusterportal.core.api.views import PublicViewSet

PARAMETERS = [
    codes("kind", _("Kinds of relation."), RelationKind.values),
    parameter("actor", _("Relations of this actor: its slug or permanent id."), example="dfki"),
]


def _with_ends(relations):
    """`relations` with as much of their two actors as naming them takes."""
    read = [
        f"{end}__{column}" for end in ("source", "target") for column in ("uid", "slug", "name", "sort_key")
    ]
    own = [field.name for field in ActorRelation._meta.fields]
    return relations.select_related("source", "target").only(*own, *read)


RELATIONS = _with_ends(ActorRelation.objects.public())


class RelationViewSet(PublicViewSet):
    """Relations of which both ends are published. Directed kinds run from `source` to `target`."""

    about = _("Relations between published actors; directed kinds run from source to target")
    serializer_class = RelationSerializer
    tag = "actors"
    orderings = {
        "name": ("source__sort_key", "kind", "target__sort_key"),
        "kind": ("kind", "source__sort_key", "target__sort_key"),
        "-updated_at": ("-updated_at",),
    }

    def own_parameters(self) -> list:
        return [*PARAMETERS, *super().own_parameters()]

    def get_queryset(self):
        relations = RELATIONS.all()
        if kinds := chosen_codes(self.request.query_params, "kind", RelationKind.values):
            relations = relations.filter(kind__in=kinds)
        if key := self.request.query_params.get("actor"):
            relations = relations.of(self._actor(key))
        return relations

    def _actor(self, key: str) -> Actor:
        try:
            found = find(Actor.objects.published(), key)
        except (Gone, Http404):
            found = None
        if isinstance(found, Moved):
            found = Actor.objects.published().filter(slug=found.slug).first()
        if found is None:
            raise InvalidParameters({"actor": [_("There is no published actor with this slug or id.")]})
        return found
