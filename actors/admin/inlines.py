"""What belongs to an actor, as parts of its page; its relations are a list of their own (`relations.py`)."""

from django.contrib.admin.options import InlineModelAdmin
from django.utils.translation import gettext_lazy as _

from actors.models import (
    ActorAlias,
    ActorTopic,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
)
from actors.rules import can_publish, reaches_all
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.admin import PartBlockInline, PartInline, side_by_side


class PlacementInline(PartBlockInline):
    model = LayerPlacement
    group = "positions"
    sentences = ["note"]
    fields = [("layer", "basis", "is_primary"), side_by_side("note")]


class FocusInline(PartInline):
    model = ApplicationFocus
    group = "positions"
    fields = ["area"]


class MembershipInline(PartInline):
    model = Membership
    group = "network"
    fields = ["cluster", "kind", "since", "until", "is_committed", "is_cleared"]

    def get_queryset(self, request):
        """Other clusters' memberships are theirs to keep."""
        queryset, user = super().get_queryset(request), request.user
        return queryset if reaches_all(user) else queryset.filter(cluster__in=clusters_of(user))

    def get_readonly_fields(self, request, obj=None):
        return [] if can_publish(request.user) else ["is_cleared"]


class TopicInline(PartInline):
    model = ActorTopic
    group = "offer"
    verbose_name = _("topic")
    verbose_name_plural = _("topics")
    fields = ["topic"]
    autocomplete_fields = ["topic"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("topic")


class ServiceInline(PartBlockInline):
    model = Service
    group = "offer"
    fields = [side_by_side("title"), side_by_side("description"), ("layer", "position"), "areas"]
    autocomplete_fields = ["areas"]


class ContactInline(PartBlockInline):
    model = ContactPerson
    group = "people"
    sentences = ["role"]
    fields = [("name", "email", "phone"), side_by_side("role"), ("consent_on", "position")]


class IdentifierInline(PartInline):
    model = Identifier
    group = "people"
    fields = ["scheme", "value"]


class AliasInline(PartInline):
    model = ActorAlias
    group = "people"
    fields = ["name", "kind", "language"]


INLINES: list[type[InlineModelAdmin]] = [
    PlacementInline,
    FocusInline,
    MembershipInline,
    TopicInline,
    ServiceInline,
    ContactInline,
    IdentifierInline,
    AliasInline,
]

# The tabs after the profile: the groups that the inlines name.
TABS = [
    ("general", _("Profile")),
    ("positions", _("Placements")),
    ("network", _("Network")),
    ("offer", _("Offer")),
    ("people", _("Contacts")),
]
