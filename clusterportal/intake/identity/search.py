"""Actors that a description may mean, looked up in the database: a form need not read the whole registry."""

from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, Value

from actors.models import Actor, ActorAlias, Identifier
from actors.querysets import ActorQuerySet
from actors.search.engine import search
from clusterportal.core.functions import Fold
from clusterportal.intake.identity.description import describe
from clusterportal.intake.identity.evidence import Judgement, Verdict, judge
from clusterportal.intake.identity.legal_forms import without_legal_form, words_of
from clusterportal.intake.identity.names import site_of, without_invisible
from clusterportal.intake.identity.registry import descriptions

MAX_FOUND = 5
MAX_JUDGED = 200  # actors
MIN_TRIGRAM_SIMILARITY = 0.45  # (pg_trgm) from which a name in the same place is judged


class LikelyMatch(NamedTuple):
    actor: Actor
    judgement: Judgement


def likely_matches(actors: ActorQuerySet, **stated) -> list[LikelyMatch]:
    """At most five of `actors` that are, or probably are, what `stated` (the arguments of `describe`) is about.

    The likeliest first. `actors` holds only what the person may see.
    """
    description = describe(**stated)
    numbers = {value for values in description.identifiers.values() for value in values}
    owners = Identifier.objects.filter(value__in=numbers).values("actor")
    conditions = [Q(pk__in=owners)] if numbers else []
    conditions += _conditions(actors, stated)
    keys = {pk for condition in conditions for pk in _keys(actors.filter(condition))}
    keys |= set(_similar_in_place(actors, stated))
    judged = {
        pk: judgement
        for pk, candidate, _title in descriptions(actors.filter(pk__in=sorted(keys)[:MAX_JUDGED]))
        if (judgement := judge(description, candidate)).verdict is not Verdict.DIFFERENT
    }
    best = sorted(judged, key=lambda pk: (-judged[pk].score, pk))[:MAX_FOUND]
    found = actors.for_list().in_bulk(best)
    return [LikelyMatch(found[pk], judged[pk]) for pk in best if pk in found]


def _conditions(actors: ActorQuerySet, stated: dict):
    for name in (stated.get("name", ""), *stated.get("others", ())):
        if not name:
            continue
        folded = Fold(Value(without_invisible(name)))
        aliases = ActorAlias.objects.filter(key=folded).values("actor")
        yield Q(name_key=folded) | Q(sort_key=folded) | Q(pk__in=aliases)
        if words := without_legal_form(words_of(without_invisible(name))):
            yield Q(pk__any_of=list(search(" ".join(words), among=actors).keys))
    if host := site_of(stated.get("website", "")):
        yield Q(website__icontains=f"//{host}") | Q(website__icontains=f"//www.{host}")
    if phone := stated.get("phone", ""):
        yield Q(phone=phone)
    if stated.get("street") and (place := _place(stated)):
        yield place & Q(street__iexact=stated["street"])


def _place(stated: dict) -> Q | None:
    postcode, city = stated.get("postcode"), stated.get("city")
    if not postcode and not city:
        return None
    return (Q(postcode=postcode) if postcode else Q()) | (Q(city=city) if city else Q())


def _keys(actors: ActorQuerySet) -> list[int]:
    return list(actors.order_by().values_list("pk", flat=True)[:MAX_JUDGED])


def _similar_in_place(actors: ActorQuerySet, stated: dict) -> list[int]:
    if not (place := _place(stated)):
        return []
    name = Fold(Value(stated.get("name", "")))
    similarity = TrigramSimilarity("name_key", name)  # type: ignore[arg-type]  # takes expressions, too
    similar = (
        actors.filter(place).annotate(similarity=similarity).filter(similarity__gte=MIN_TRIGRAM_SIMILARITY)
    )
    return list(similar.order_by("-similarity").values_list("pk", flat=True)[:MAX_JUDGED])
