"""The history of a request or an offer is for who works with its actor; who publishes that brings versions back."""

from django.db.models import Model, Q

from actors.domain.history import within_reach
from actors.models import Actor
from actors.rules import can_publish
from clusterportal.history.changes import show_within, versions_of
from clusterportal.history.net_changes import NetChange
from clusterportal.history.restore import restore_record_only_if
from clusterportal.history.undo_rights import take_back_only_if
from clusterportal.partnering.models import PartnerSearch, SearchArea, SearchTopic

_OWNER = "partnersearch_id"  # of an area or a topic that is named


def _scope_of_named(user) -> Q:
    reached = versions_of(PartnerSearch).filter(within_reach("actor_id")(user))
    return Q(**{f"{_OWNER}__in": reached.values("pgh_obj_id")})


def _published_by(user, actors: set) -> set:
    found = Actor.objects.filter(pk__in=actors)
    return {actor.pk for actor in found if can_publish(user, actor)}


def _may_take_back(model: type[Model]):
    """Who publishes the actor writes what it posts; so only they take a change of that back."""

    def rule(user, changes: list[NetChange]) -> set:
        searches = {change.pk: _search_of(model, change) for change in changes}
        owners = dict(
            versions_of(PartnerSearch)
            .filter(pgh_obj_id__in=set(searches.values()))
            .order_by("pgh_id")
            .values_list("pgh_obj_id", "actor_id")
        )
        allowed = _published_by(user, set(owners.values()))
        return {pk for pk, search in searches.items() if owners.get(search) in allowed}

    return rule


def _search_of(model: type[Model], change: NetChange):
    if model is PartnerSearch:
        return change.pk
    if change.before:
        return change.before[_OWNER]
    return model._base_manager.filter(pk=change.pk).values_list(_OWNER, flat=True).first()


def _may_restore(user, row: dict, current) -> bool:
    owners = {row["actor_id"]} | ({current.actor_id} if current else set())
    return owners <= _published_by(user, owners)


show_within(PartnerSearch, within_reach("actor_id"))
restore_record_only_if(PartnerSearch, _may_restore)
take_back_only_if(PartnerSearch, _may_take_back(PartnerSearch))
for _model in (SearchArea, SearchTopic):
    show_within(_model, _scope_of_named)
    take_back_only_if(_model, _may_take_back(_model))
