"""Whose actors: managers and editors work with those of their clusters; the rest of the admin follows from that."""

from typing import cast

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.domain import publication
from actors.models import Membership
from actors.querysets import ActorQuerySet
from actors.rules import can_clear, can_delete, can_edit, reaches, reaches_all
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.publication import PublicationState

NO_TEAM = gettext_lazy(
    "You are on no cluster's team yet, so no actors are shown to you. An administrator adds you on the cluster's page."
)


def works_for_no_cluster(user) -> bool:
    """Whether somebody's lists are empty only because nobody has put them on a team."""
    return user.has_perm("actors.view_actor") and not reaches_all(user) and not clusters_of(user)


class WithinReach(admin.ModelAdmin):
    """For the admin of actors: lists, forms and search boxes hold what the person works with, and nothing else."""

    def get_queryset(self, request):
        """A search box in a form also offers the actors that everybody sees: relations lead to them."""
        queryset = cast(ActorQuerySet, super().get_queryset(request))
        is_box = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        return queryset.visible_to(request.user) if is_box else queryset.curated_by(request.user)

    def changelist_view(self, request, extra_context=None):
        if works_for_no_cluster(request.user):
            messages.info(request, NO_TEAM)
        return super().changelist_view(request, extra_context)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or reaches(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return can_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return can_delete(request.user, obj)

    def has_add_permission(self, request):
        """Who works for no cluster could not see what they had added."""
        user = request.user
        return super().has_add_permission(request) and (reaches_all(user) or bool(clusters_of(user)))

    def save_formset(self, request, form, formset, change):
        if formset.model is Membership:
            for part in formset.forms:
                if part.has_changed() and part.instance.cluster_id:
                    self._keep_clearance(request, part)
        super().save_formset(request, form, formset, change)

    def _keep_clearance(self, request, part) -> None:
        """A cluster shows the actor when its own team says so."""
        membership = part.instance
        if can_clear(request.user, membership.cluster):
            return
        is_new = membership.pk is None
        membership.is_cleared = not is_new and bool(part.initial.get("is_cleared"))
        if is_new:
            text = _("“%(cluster)s” shows the actor on its pages as soon as its team clears it.")
            messages.info(request, text % {"cluster": membership.cluster})

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        actor, user = form.instance, request.user
        if not reaches(user, actor):
            cluster = Cluster.objects.filter(pk__in=clusters_of(user))[0]
            Membership.objects.create(actor=actor, cluster=cluster, is_cleared=can_clear(user, cluster))
            text = _("The actor is now a member of “%(cluster)s”, so that you can go on working with it.")
            messages.info(request, text % {"cluster": cluster})
        if "state" in form.changed_data and actor.state == PublicationState.PUBLISHED:
            publication.clear(actors=type(actor).objects.filter(pk=actor.pk), by=user)
