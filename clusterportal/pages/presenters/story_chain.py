"""The chain of a success story: its actors on the stair, their relations with evidence, and the gaps."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor, ActorRelation
from clusterportal.core.web_hosts import host_of
from clusterportal.pages.drawing.climb import Climb, Climber, climb
from clusterportal.pages.drawing.shapes import Caption, Edge

MOST_RELATIONS = 40


@dataclass(frozen=True)
class ChainRelation:
    relation: ActorRelation
    host: str  # where the evidence is published


@dataclass(frozen=True)
class ChainStep:
    """An actor on the way up; `by` is its relation to one that stands before it."""

    actor: Actor
    positions: list[int]
    by: ActorRelation | None


@dataclass(frozen=True)
class StoryChain:
    picture: Climb | None  # None where no actor stands on a layer
    captions: list[Caption]  # names of relations in the picture
    steps: list[ChainStep]
    gaps: list[int]  # layers that nobody of the story stands on
    relations: list[ChainRelation]
    layer_count: int


def story_chain(actors: Sequence[tuple[Actor, list[int]]], taxonomy: Taxonomy) -> StoryChain:
    """Of the actors of a story with their layers, in one query; the lowest layer comes first."""
    ordered = sorted(actors, key=lambda one: (one[1] or [9], str(one[0])))
    keys = [actor.pk for actor, _positions in ordered]
    known = ActorRelation.objects.public().filter(source__in=keys, target__in=keys)
    known = known.select_related("source", "target").order_by("since", "pk")
    relations = list(known[:MOST_RELATIONS]) if len(keys) > 1 else []
    covered = {position for _actor, positions in ordered for position in positions}
    climbers = [
        Climber(actor.pk, str(actor), actor.get_kind_display(), actor.get_absolute_url(), tuple(positions))
        for actor, positions in ordered
        if positions
    ]
    edges = [Edge(one.source_id, one.target_id, one.kind, one.is_directed) for one in relations]
    picture = climb(climbers, edges, [layer.name for layer in taxonomy.layers]) if climbers else None
    return StoryChain(
        picture=picture,
        captions=_captions(picture, relations),
        steps=_steps(ordered, relations),
        gaps=[layer.position for layer in taxonomy.layers if layer.position not in covered],
        relations=[ChainRelation(one, host_of(one.evidence) if one.evidence else "") for one in relations],
        layer_count=len(covered),
    )


def _captions(picture: Climb | None, relations: list[ActorRelation]) -> list[Caption]:
    """Kind and year of the relations beside whose line there is room; the table says those of all."""
    found = []
    for elbow in picture.elbows if picture else ():
        if elbow.caption:
            one, (x, y) = relations[elbow.key], elbow.caption
            year = _("since %(year)d") % {"year": one.since} if one.since else _("year not recorded")
            found += [Caption(x, y, one.get_kind_display()), Caption(x, y + 18, year)]
    return found


def _steps(ordered, relations: list[ActorRelation]) -> list[ChainStep]:
    steps: list[ChainStep] = []
    before: set[int] = set()
    for actor, positions in ordered:
        ties = (
            one
            for one in relations
            if actor.pk in (one.source_id, one.target_id) and before & {one.source_id, one.target_id}
        )
        steps.append(ChainStep(actor, positions, next(ties, None)))
        before.add(actor.pk)
    return steps
