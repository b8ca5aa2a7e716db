"""Making one topic of two, or one application area of two; taking that back; moving actors from one to another."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.domain.term_nouns import Noun, noun_of
from actors.models import Actor, ActorTopic, ApplicationFocus, ServiceArea, TermMerge, TopicLink, TopicSynonym
from actors.rules import can_merge_terms, can_move_actors
from applications.models import AreaSynonym
from clusterportal.core.languages import column_names
from clusterportal.core.spelling import spelling
from clusterportal.history.acts import act
from clusterportal.history.repointing import references_to, repoint
from clusterportal.history.undo import Undone, undo
from clusterportal.terms.domain.remembering import keep

_MOVED_ELSEWHERE = {ActorTopic, ApplicationFocus, AreaSynonym, TopicLink, TopicSynonym}


class CannotMerge(Exception):
    """Nothing was done; the message says why."""


@dataclass(frozen=True)
class MergePreview:
    """What merging would do, before it is done."""

    moved: int  # actors that get the kept term
    both: int  # actors that have both, and go on having the kept one
    words: list[str] = field(default_factory=list)  # new synonyms of the kept term
    broader: list[str] = field(default_factory=list)
    narrower: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # links that would lead in a circle or stand twice
    services: int = 0  # services that name the area


def preview(*, noun: str, kept, merged) -> MergePreview:
    """What `merge_terms` would do; writes nothing."""
    term = noun_of(noun)
    own = term.assignment._default_manager.filter(**{term.field: merged})
    both = own.filter(actor__in=_actors_of(term, kept)).count()
    links = _links(kept, merged) if noun == "topic" else _Links()
    return MergePreview(
        own.count() - both,
        both,
        [*_new_words(kept, merged)],
        [str(link.broader) for link in links.broader],
        [str(link.topic) for link in links.narrower],
        [str(link) for link in links.dropped],
        0 if noun == "topic" else ServiceArea.objects.filter(applicationarea=merged).count(),
    )


@transaction.atomic
def merge_terms(*, noun: str, kept, merged, by) -> TermMerge:
    """Make one term of two, as one act: `merged` goes, its names become synonyms of `kept`, its actors move there.

    Raises PermissionDenied, and CannotMerge when both are the same or one of them is gone.
    """
    term = noun_of(noun)
    if not can_merge_terms(by, term.model):
        raise PermissionDenied
    kept, merged = _locked(term, kept, merged)
    with act(f"merge_{noun}", by=by, kept=kept.slug, merged=merged.slug) as act_id:
        _reassign(term, _assignments(term, merged), to=kept)
        if noun == "topic":
            _move_links(kept, merged)
        _move_words(kept, merged)
        for column in references_to(term.model, without=_MOVED_ELSEWHERE):
            repoint(column, kept=kept, merged=merged)
        record = TermMerge.objects.create(
            noun=noun,
            kept_key=kept.pk,
            kept_name=str(kept),
            merged_key=merged.pk,
            merged_slug=merged.slug,
            merged_name=str(merged),
            act=act_id,
            by=by,
        )
        merged.delete()
    return record


@transaction.atomic
def part_again(*, merge: TermMerge, by) -> Undone:
    """Take a merge back: both are there again; what was edited since stays as it is now, and is named.

    Raises PermissionDenied, and CannotMerge when it was taken back before, built upon, or its place is taken.
    """
    record = TermMerge.objects.select_for_update().get(pk=merge.pk)
    term = noun_of(record.noun)
    if not can_merge_terms(by, term.model):
        raise PermissionDenied
    if record.undone_at:
        raise CannotMerge(_("This merge was taken back already."))
    if TermMerge.objects.standing().filter(noun=record.noun, merged_key=record.kept_key).exists():
        raise CannotMerge(
            _("“%(name)s” was merged itself since. Take back that merge first.") % {"name": record.kept_name}
        )
    if other := term.model._default_manager.filter(slug=record.merged_slug).first():
        text = _("“%(other)s” has the address “%(slug)s” now. Give it another one first.")
        raise CannotMerge(text % {"other": other, "slug": record.merged_slug})
    undone = undo(record.act, by=by)
    if not term.model._default_manager.filter(pk=record.merged_key).exists():
        reasons = " ".join(f"{one.kind_label} {one.title}: {one.reason}" for one in undone.kept)
        raise CannotMerge(_("The merge cannot be taken back. %(reasons)s") % {"reasons": reasons})
    record.undone_at, record.undone_by = timezone.now(), by
    record.save(update_fields=["undone_at", "undone_by"])
    return undone


@transaction.atomic
def move_actors(*, noun: str, source, target, by, actors: Collection[int] | None = None) -> int:
    """Give the actors of `source` the term `target` in its place, as one act; all within reach, or those of these keys.

    Returns how many. Raises PermissionDenied, CannotMerge.
    """
    term = noun_of(noun)
    if not can_move_actors(by):
        raise PermissionDenied
    source, target = _locked(term, source, target)
    own = _assignments(term, source).filter(actor__in=Actor.objects.curated_by(by))
    if actors is not None:
        own = own.filter(actor__in=actors)
    with act(f"move_{noun}", by=by, source=source.slug, target=target.slug):
        return _reassign(term, own, to=target)


# ---------- what moves ----------
def _locked(term: Noun, *both):
    """Both as they are now, locked in the order of their keys, so that two who merge never wait for each other."""
    keys = [one.pk for one in both]
    now = {
        one.pk: one
        for one in term.model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    if len({*keys}) < 2:
        raise CannotMerge(_("Choose another one: both are the same."))
    if len(now) < 2:
        raise CannotMerge(_("One of the two is no longer there."))
    return [now[key] for key in keys]


def _assignments(term: Noun, record) -> models.QuerySet:
    return term.assignment._default_manager.filter(**{term.field: record})


def _actors_of(term: Noun, record) -> models.QuerySet:
    return _assignments(term, record).values("actor")


def _reassign(term: Noun, assignments: models.QuerySet, *, to) -> int:
    """Returns how many actors had them; whoever has both terms keeps the one."""
    keys = list(assignments.values_list("pk", flat=True))
    some = term.assignment._default_manager.filter(pk__in=keys)
    some.filter(actor__in=list(_actors_of(term, to).values_list("actor", flat=True))).delete()
    some.update(**{term.field: to})
    return len(keys)


def _move_words(kept, merged) -> None:
    known = _known_words(kept)
    for synonym in merged.synonyms.all():
        if synonym.key not in known:
            setattr(synonym, synonym.term_field, kept)
            synonym.save(update_fields=[synonym.term_field])
    keep(kept, {column: getattr(merged, column) for column in column_names("name")})


def _known_words(term) -> set[str]:
    names = {spelling(getattr(term, column)) for column in column_names("name")}
    return names | {synonym.key for synonym in term.synonyms.all()}


def _new_words(kept, merged) -> dict[str, None]:
    """The names and synonyms of `merged` that `kept` is not called by, each once."""
    known = _known_words(kept)
    new: dict[str, None] = {}
    words = [*(getattr(merged, column) for column in column_names("name")), *map(str, merged.synonyms.all())]
    for word in words:
        if word and spelling(word) not in known:
            known.add(spelling(word))
            new[word] = None
    return new


@dataclass(frozen=True)
class _Links:
    """Links of the merged topic: those that move to the kept one, and those that go with the merged one."""

    broader: list[TopicLink] = field(default_factory=list)
    narrower: list[TopicLink] = field(default_factory=list)
    dropped: list[TopicLink] = field(default_factory=list)


def _links(kept, merged) -> _Links:
    above, below = TopicLink.objects.above(kept.pk), TopicLink.objects.below(kept.pk)
    links = _Links()
    for link in merged.broader_links.select_related("topic", "broader"):
        # Within the circle that merging closes, nobody is broader than anybody.
        is_taken = link.broader_id in below or kept.broader_links.filter(broader=link.broader_id).exists()
        (links.dropped if is_taken else links.broader).append(link)
    for link in merged.narrower_links.select_related("topic", "broader"):
        is_taken = link.topic_id in above or kept.narrower_links.filter(topic=link.topic_id).exists()
        (links.dropped if is_taken else links.narrower).append(link)
    return links


def _move_links(kept, merged) -> None:
    links = _links(kept, merged)
    for link in links.dropped:
        link.delete()
    for link in links.broader:
        link.topic = kept
        _save_if_it_closes_no_circle(link, "topic")
    for link in links.narrower:
        link.broader = kept
        _save_if_it_closes_no_circle(link, "broader")


def _save_if_it_closes_no_circle(link: TopicLink, column: str) -> None:
    """Moved one after the other, two links can close a circle together; the second one then goes."""
    if link.topic_id in TopicLink.objects.above(link.broader_id):
        link.delete()
    else:
        link.save(update_fields=[column])
