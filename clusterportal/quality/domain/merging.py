"""Making one actor of two, and taking that back."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.enums import AliasKind
from actors.models import Actor, ActorAlias, FormerSlug, FormerUid
from actors.rules import can_merge, can_publish
from clusterportal.history.acts import act
from clusterportal.history.undo import Undone, undo
from clusterportal.quality.domain import pair_memory
from clusterportal.quality.domain.field_choices import merged_values, publishes
from clusterportal.quality.domain.merged_parts import move_parts
from clusterportal.quality.domain.references import point_back, repoint
from clusterportal.quality.domain.relations import move_relations
from clusterportal.quality.models import Merge


class ChangedMeanwhile(Exception):
    """One of the actors is not any more what the person saw; `since` holds the moment by key of the actor."""

    def __init__(self, since: dict[int, datetime]):
        super().__init__(_("Nothing was merged: the actors were changed after you opened this page."))
        self.since = since


class CannotTakeBack(Exception):
    """The merge has to stay; the message says why."""


@transaction.atomic
def merge(
    *, kept: Actor, merged: Actor, choices: Mapping[str, str], by, seen: Mapping[int, datetime] | None = None
) -> Merge:
    """Make one actor of two: `merged` is deleted, `kept` takes its values, parts, addresses and ids.

    `choices`: KEPT or MERGED by the code of a choice (`domain.field_choices`); where none is made, the rule decides.
    `seen`: the `updated_at` that the person saw, by key. Raises ChangedMeanwhile, PermissionDenied, and
    Actor.DoesNotExist when one of them is gone.
    """
    kept, merged = _locked(kept, merged)
    if not can_merge(by, kept, merged):
        raise PermissionDenied
    _refuse_if_changed(seen or {}, kept, merged)
    values = merged_values(kept, merged, dict(choices))
    if publishes(kept, values) and not can_publish(by, kept):
        raise PermissionDenied
    with act("merge", by=by, kept=kept.uid, merged=merged.uid) as act_id:
        before = pair_memory.carry(kept=kept, merged=merged) | _move(kept, merged)
        _keep_names(kept, merged, values)
        record = Merge.objects.create(
            kept=kept,
            merged_uid=merged.uid,
            merged_slug=merged.slug,
            merged_name=merged.name,
            act=act_id,
            before=before,
            by=by,
        )
        merged.delete()
        for column, value in values.items():
            setattr(kept, column, value)
        kept.save(update_fields=list(values))
        FormerSlug.objects.create(slug=record.merged_slug, actor=kept)
        FormerUid.objects.create(uid=record.merged_uid, actor=kept)
    return record


@transaction.atomic
def take_back(*, merge: Merge, by) -> Undone:
    """Make two actors again; what was edited since the merge stays as it is now and is named.

    Raises CannotTakeBack when the merge was taken back before, or built upon, or its addresses are in use.
    """
    record = Merge.objects.select_for_update().get(pk=merge.pk)
    if record.undone_at:
        raise CannotTakeBack(_("This merge was taken back already."))
    if record.kept is None or _was_built_upon(record):
        raise CannotTakeBack(_("The kept actor was merged itself since. Take back that merge first."))
    if not can_merge(by, record.kept):
        raise PermissionDenied
    undone = undo(record.act, by=by)
    restored = Actor.objects.filter(uid=record.merged_uid).first()
    if restored is None:
        reasons = " ".join(f"{one.kind_label} {one.title}: {one.reason}" for one in undone.kept)
        raise CannotTakeBack(_("The merged actor cannot come back. %(reasons)s") % {"reasons": reasons})
    # Its addresses are its own again, even where somebody touched the redirect since.
    FormerSlug.objects.filter(slug=record.merged_slug).delete()
    FormerUid.objects.filter(uid=record.merged_uid).delete()
    point_back(record.before["followers"], kept=record.kept, restored=restored)
    Merge.objects.filter(pk__in=record.before["merges"]).update(kept=restored)
    pair_memory.restore(record.before)
    record.undone_at, record.undone_by = timezone.now(), by
    record.save(update_fields=["undone_at", "undone_by"])
    return undone


def _locked(*actors: Actor) -> list[Actor]:
    """Both as they are now, locked in the order of their keys, so that two merges never wait for each other."""
    keys = [actor.pk for actor in actors]
    now = {actor.pk: actor for actor in Actor.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(now) < 2:
        raise Actor.DoesNotExist(_("One of the actors is no longer there."))
    return [now[pk] for pk in keys]


def _refuse_if_changed(seen: Mapping[int, datetime], *actors: Actor) -> None:
    since = {one.pk: seen[one.pk] for one in actors if one.pk in seen and one.updated_at != seen[one.pk]}
    if since:
        raise ChangedMeanwhile(since)


def _move(kept: Actor, merged: Actor) -> dict:
    """Parts, relations and addresses go to the kept actor; returns what the history does not keep."""
    move_parts(kept=kept, merged=merged)
    move_relations(kept=kept, merged=merged)
    for former in (merged.former_slugs.all(), merged.former_uids.all()):
        former.update(actor=kept)
    inner = Merge.objects.filter(kept=merged)
    before = {
        "followers": repoint(kept=kept, merged=merged),
        "merges": list(inner.values_list("pk", flat=True)),
    }
    inner.update(kept=kept)
    return before


def _keep_names(kept: Actor, merged: Actor, values: dict) -> None:
    """Both actors stay findable by their former names: a name that was not taken becomes an alias."""
    former = [(name, AliasKind.FORMER) for name in (kept.name, merged.name)]
    short = [(name, AliasKind.COLLOQUIAL) for name in (kept.short_name, merged.short_name)]
    known = {values["name"], values["short_name"], "", *kept.aliases.values_list("name", flat=True)}
    for name, kind in former + short:
        if name not in known:
            known.add(name)
            ActorAlias.objects.create(actor=kept, name=name, kind=kind)
    kept.aliases.filter(name=values["name"]).delete()


def _was_built_upon(record: Merge) -> bool:
    later = Merge.objects.standing().filter(at__gt=record.at)
    return any(record.pk in merges for merges in later.values_list("before__merges", flat=True))
