"""Which records of an act somebody may take back: each room says it of its own models."""

from collections.abc import Callable
from typing import TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from pghistory.models import Context

from clusterportal.history.acts import kind_of
from clusterportal.history.changes import owner_of
from clusterportal.history.net_changes import NetChange

Changes: TypeAlias = dict[type[models.Model], dict[object, NetChange]]
_rules: dict[str, Callable] = {}


def take_back_only_if(model: type[models.Model], rule: Callable) -> None:
    """`rule(user, changes)` names the keys among these changes of `model` that `user` may take back."""
    _rules[model._meta.label_lower] = rule


def context_of(act_id) -> dict:
    """What the history says of an act; empty when it wrote nothing or nobody said anything."""
    return Context.objects.filter(pk=act_id).values_list("metadata", flat=True).first() or {}


def is_own(user, context: dict) -> bool:
    return bool(user.pk) and str(context.get("user")) == str(user.pk)


def has_other_way(context: dict) -> bool:
    """Whether the act is taken back elsewhere (an import, a merge) or by nobody (an erasure)."""
    kind = kind_of(context)
    if kind is not None and (kind.is_final or (kind.undo_page is not None and kind.undo_page(context))):
        return True
    return bool(context.get("undoes")) and has_other_way(context_of(context["undoes"]))


def refusals(user, act_id, changes: Changes) -> dict[tuple[type[models.Model], object], str]:
    """The records of the act that `user` may not take back, each with the reason.

    Raises PermissionDenied when the act is not theirs and there are such records, or when it has another way.
    """
    context = context_of(act_id)
    if has_other_way(context):
        raise PermissionDenied
    refused: dict[tuple[type[models.Model], object], str] = {}
    for model, own in changes.items():
        allowed = _rules.get(model._meta.label_lower, _by_permission(model))(user, list(own.values()))
        refused |= {(model, pk): _("You may not edit it.") for pk in own if pk not in allowed}
    if refused and not is_own(user, context):
        raise PermissionDenied
    return refused


def _by_permission(model: type[models.Model]) -> Callable:
    """The rule of models without one: the permission for what would be done to the record."""
    owner = owner_of(model)

    def rule(user, changes: list[NetChange]) -> set:
        def may(change: NetChange) -> bool:
            verb = "delete" if change.is_created else "add" if change.is_deleted else "change"
            return user.is_staff and user.has_perm(f"{owner._meta.app_label}.{verb}_{owner._meta.model_name}")

        return {change.pk for change in changes if may(change)}

    return rule
