"""One FilterSet for the page, the feed and the API: the same query string everywhere."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Membership, Topic
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.moments import MomentFilter
from clusterportal.partnering.enums import SearchKind, Standing
from clusterportal.partnering.models import PartnerSearch
from layers.models import Layer

ALL = "all"
NAMES = ["kind", "layer", "area", "topic", "cluster", "actor", "state", "deadline_until", "updated_since"]


class PartnerSearchFilterSet(django_filters.FilterSet):
    """Repeat a parameter: any of them; different parameters: all of them. Without `state` what can be answered."""

    kind = django_filters.ChoiceFilter(choices=SearchKind.choices, label=_("Kind"))
    layer = django_filters.ModelMultipleChoiceFilter(
        field_name="layer__slug",
        queryset=Layer.objects.order_by("position"),
        to_field_name="slug",
        label=_("Layer sought or offered"),
    )
    area = django_filters.ModelMultipleChoiceFilter(
        field_name="areas__slug",
        queryset=ApplicationArea.objects.active().order_by("position", "slug"),
        to_field_name="slug",
        label=_("Application area"),
    )
    topic = django_filters.ModelMultipleChoiceFilter(
        field_name="topics__slug", queryset=Topic.objects.all(), to_field_name="slug", label=_("Topic")
    )
    cluster = django_filters.ModelMultipleChoiceFilter(
        queryset=Cluster.objects.published().order_by("position", "slug"),
        to_field_name="slug",
        method="of_clusters",
        label=_("Cluster"),
    )
    actor = django_filters.ModelMultipleChoiceFilter(
        field_name="actor__slug", queryset=Actor.objects.published(), to_field_name="slug", label=_("Actor")
    )
    state = django_filters.ChoiceFilter(
        choices=[*Standing.choices, (ALL, _("All"))], method="in_state", label=_("State")
    )
    deadline_until = django_filters.DateFilter(
        field_name="deadline", lookup_expr="lte", label=_("Deadline until")
    )
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte", label=_("Changed since"))

    class Meta:
        model = PartnerSearch
        fields: list[str] = []

    def of_clusters(self, searches, _name, clusters):
        """Of actors that a cluster shows as its own; without a choice of all."""
        if not clusters:
            return searches
        shown = Membership.objects.public().filter(cluster__in=clusters)
        return searches.filter(actor__in=shown.values("actor"))

    def in_state(self, searches, _name, state):
        return searches if state == ALL else in_standing(searches, state)

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else in_standing(found, Standing.OPEN)


def in_standing(searches, standing: str):
    """Of published ones those that are open, expired or closed today."""
    today = timezone.localdate()
    if standing == Standing.CLOSED:
        return searches.closed()
    return searches.expired_on(today) if standing == Standing.EXPIRED else searches.open_on(today)
