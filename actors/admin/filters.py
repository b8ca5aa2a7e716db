"""Filters of the actor list: by what an actor is and by what it lacks.

Kind, layer, area and others are filters of the directory too, which the facet index answers: it holds published actors
only, and the admin lists drafts. A value that is not offered filters nothing.
"""

from django.contrib import messages
from django.contrib.admin import ListFilter
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from actors.admin.typed_filters import ChangedByFilter, ChangedSinceFilter, CityFilter
from actors.columns.fields import TEXTS
from actors.domain.completeness import complete_condition
from actors.domain.freshness import stale
from actors.domain.lacking import NEEDS, WITHOUT_YEAR, touching, uncommitted
from actors.domain.term_nouns import address_today
from actors.enums import ActorKind, TermNoun
from actors.models import ActorTopic, ApplicationFocus, LayerPlacement, Membership, Topic
from actors.rules import reaches_all
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import PublicationState
from layers.models import Layer

CURRENT = "current"
NONE = "none"
MOST_TOPICS = 300  # that the filter offers; any other is reached from the list of topics


def current() -> Q:
    """Actors that are worked on or shown: neither rejected nor archived."""
    return ~Q(state__in=[PublicationState.REJECTED, PublicationState.ARCHIVED])


def untranslated() -> Q:
    """Actors of which a text is there in some languages, but not in all."""
    found = Q()
    for columns in TEXTS.values():
        empty = [Q(**{column: ""}) for column in columns]
        some_empty, all_empty = Q(), Q()
        for condition in empty:
            some_empty |= condition
            all_empty &= condition
        found |= some_empty & ~all_empty
    return found


def without_place() -> Q:
    return Q(latitude__isnull=True)


def without_placement() -> Q:
    return ~Q(Exists(LayerPlacement.objects.filter(actor=OuterRef("pk"))))


def waiting_for_clearance(user) -> Q:
    """Actors that a cluster, one of the person's own, has not cleared for its pages."""
    waiting = Membership.objects.filter(actor=OuterRef("pk"), is_cleared=False)
    if not reaches_all(user):
        waiting = waiting.filter(cluster__in=clusters_of(user))
    return Q(Exists(waiting))


class OneOfFilter(DropdownFilter):
    """A filter by one of the values that it offers."""

    def queryset(self, request, queryset):
        value = self.value()
        return self.narrow(queryset, value) if value and not self.unknown_value() else queryset

    def unknown_value(self) -> str:
        """A value that was asked for and is not offered (any more): it narrows nothing."""
        value = self.value() or ""
        return "" if value in {str(code) for code, _label in self.lookup_choices} else value


class StateFilter(OneOfFilter):
    title = _("publication")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*PublicationState.choices, (CURRENT, _("All but rejected and archived"))]

    def narrow(self, queryset, value):
        return queryset.filter(current() if value == CURRENT else Q(state=value))


class KindFilter(OneOfFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return ActorKind.choices

    def narrow(self, queryset, value):
        return queryset.filter(kind=value)


class CompletenessFilter(OneOfFilter):
    title = _("completeness")
    parameter_name = "entry"

    def lookups(self, request, model_admin):
        return [("incomplete", _("Incomplete")), ("complete", _("Complete"))]

    def narrow(self, queryset, value):
        return queryset.filter(complete_condition() if value == "complete" else ~Q(complete_condition()))


class NeedsFilter(OneOfFilter):
    title = _("what is missing")
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        self.cluster = request.GET.get(ClusterFilter.parameter_name, "")
        return [
            ("translation", _("Summary or description in one language only")),
            ("verification", _("Not verified for 12 months")),
            ("place", _("Without coordinates")),
            ("commitment", _("Without a committed membership")),
            ("email", _("Without an e-mail address")),
            ("size", _("Without a size class")),
            ("founded", _("Without a founding year")),
            ("address", _("Without a full address")),
        ]

    def narrow(self, queryset, value):
        if value == "commitment":
            return queryset.filter(uncommitted(self.cluster))
        rules = {"translation": untranslated, "verification": stale, "place": without_place}
        return queryset.filter(NEEDS[value] if value in NEEDS else rules[value]())


class _AssignmentFilter(OneOfFilter):
    """By a record that actors are assigned to through `assignment`, or by having no such assignment."""

    assignment: type[LayerPlacement] | type[ApplicationFocus] | type[ActorTopic] | type[Membership]
    nothing: str | Promise

    def lookups(self, request, model_admin):
        return [*((record.slug, str(record)) for record in self.records()), (NONE, self.nothing)]

    def narrow(self, queryset, value):
        assigned = self.assignment.objects.filter(actor=OuterRef("pk"))
        if value == NONE:
            return queryset.filter(~Exists(assigned))
        return queryset.filter(Exists(assigned.filter(**{f"{self.parameter_name}__slug": value})))


class LayerFilter(_AssignmentFilter):
    title = _("layer")
    parameter_name = "layer"
    assignment = LayerPlacement
    nothing = _("On no layer")

    def records(self):
        return Layer.objects.all()


class AreaFilter(_AssignmentFilter):
    title = _("application area")
    parameter_name = "area"
    assignment = ApplicationFocus
    nothing = _("In no area")

    def records(self):
        return ApplicationArea.objects.all()


class TopicFilter(_AssignmentFilter):
    """A topic that was merged leads on to the one it became part of; one that nobody knows finds nobody.

    The first topics by name are offered, and the one that was asked for.
    """

    title = _("topic")
    parameter_name = "topic"
    assignment = ActorTopic
    nothing = _("No topic")

    def records(self):
        offered = list(Topic.objects.all()[:MOST_TOPICS])
        if self.value() in {NONE, "", None, *(one.slug for one in offered)}:
            return offered
        return [*offered, *Topic.objects.filter(slug=self.value())]

    def value(self):
        return self._today

    @cached_property
    def _today(self) -> str | None:
        """The address of today of the topic that is asked for."""
        slug = super().value()
        return address_today(TermNoun.TOPIC, slug) if slug and slug != NONE else slug

    def queryset(self, request, queryset):
        value = self.value()
        if value and value not in {code for code, _label in self.lookup_choices}:
            text = gettext("“%(value)s” is no topic, so nothing is shown.")
            messages.warning(request, text % {"value": value[:100]})
            return queryset.none()
        return super().queryset(request, queryset)


class NotAreaFilter(OneOfFilter):
    """Together with another filter what is missing: on this layer, and not in that area."""

    title = _("area that is missing")
    parameter_name = "not_area"

    def lookups(self, request, model_admin):
        return [(area.slug, _("Not in: %(area)s") % {"area": area}) for area in ApplicationArea.objects.all()]

    def narrow(self, queryset, value):
        return queryset.filter(
            ~Exists(ApplicationFocus.objects.filter(actor=OuterRef("pk"), area__slug=value))
        )


class ClusterFilter(_AssignmentFilter):
    title = _("cluster")
    parameter_name = "cluster"
    assignment = Membership
    nothing = _("In no cluster")

    def records(self):
        return Cluster.objects.all()


class RelationNeedsFilter(OneOfFilter):
    """Of the list of relations."""

    title = _("what is missing")
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [("since", _("Without a year"))]

    def narrow(self, queryset, value):
        return queryset.filter(WITHOUT_YEAR)


class RelationClusterFilter(OneOfFilter):
    """Of the list of relations: those with an end in a cluster."""

    title = _("cluster")
    parameter_name = "cluster"

    def lookups(self, request, model_admin):
        return [(cluster.slug, str(cluster)) for cluster in Cluster.objects.all()]

    def narrow(self, queryset, value):
        return queryset.filter(touching(value))


class ClearanceFilter(OneOfFilter):
    title = _("clearance")
    parameter_name = "clearance"

    def lookups(self, request, model_admin):
        return [("waiting", _("Waiting for clearance by a cluster"))]

    def queryset(self, request, queryset):
        return queryset.filter(waiting_for_clearance(request.user)) if self.value() == "waiting" else queryset


FILTERS: tuple[type[ListFilter], ...] = (
    StateFilter,
    KindFilter,
    CompletenessFilter,
    NeedsFilter,
    LayerFilter,
    AreaFilter,
    TopicFilter,
    NotAreaFilter,
    ClusterFilter,
    ClearanceFilter,
    CityFilter,
    ChangedByFilter,
    ChangedSinceFilter,
)
