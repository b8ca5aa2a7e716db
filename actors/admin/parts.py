"""What belongs to an actor, as parts of its page."""

from django.utils.translation import gettext_lazy as _

from actors.models import (
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
)
from clusterportal.core.admin import PartBlockInline, PartInline, side_by_side


class PlacementInline(PartInline):
    model = LayerPlacement
    group = "positions"
    fields = ["layer", "basis", *side_by_side("note"), "is_primary"]


class FocusInline(PartInline):
    model = ApplicationFocus
    group = "positions"
    fields = ["area"]


class MembershipInline(PartInline):
    model = Membership
    group = "network"
    fields = ["cluster", "kind", "since", "until", "is_committed"]


class OutgoingRelationInline(PartInline):
    model = ActorRelation
    fk_name = "source"
    group = "network"
    verbose_name = _("relation from this actor")
    verbose_name_plural = _("relations from this actor to others")
    fields = ["kind", "target", "since", *side_by_side("note"), "evidence"]
    autocomplete_fields = ["target"]


class IncomingRelationInline(PartInline):
    model = ActorRelation
    fk_name = "target"
    group = "network"
    verbose_name = _("relation to this actor")
    verbose_name_plural = _("relations from others to this actor")
    fields = ["kind", "source", "since", *side_by_side("note"), "evidence"]
    autocomplete_fields = ["source"]


class TopicInline(PartInline):
    model = ActorTopic
    group = "offer"
    verbose_name = _("topic")
    verbose_name_plural = _("topics")
    fields = ["topic"]
    autocomplete_fields = ["topic"]


class ServiceInline(PartBlockInline):
    model = Service
    group = "offer"
    fields = [side_by_side("title"), side_by_side("description"), ("layer", "position"), "areas"]
    autocomplete_fields = ["areas"]


class ContactInline(PartInline):
    model = ContactPerson
    group = "people"
    fields = ["name", *side_by_side("role"), "email", "phone", "consent_on", "position"]


class IdentifierInline(PartInline):
    model = Identifier
    group = "people"
    fields = ["scheme", "value"]


class AliasInline(PartInline):
    model = ActorAlias
    group = "people"
    fields = ["name", "kind", "language"]


INLINES = [
    PlacementInline, FocusInline,
    MembershipInline, OutgoingRelationInline, IncomingRelationInline,
    TopicInline, ServiceInline,
    ContactInline, IdentifierInline, AliasInline,
]  # fmt: skip

# The tabs after the profile: the groups that the inlines name.
TABS = [
    ("general", _("Profile")),
    ("positions", _("Placements")),
    ("network", _("Network")),
    ("offer", _("Offer")),
    ("people", _("Contacts")),
]
