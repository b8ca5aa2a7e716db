"""Actors that one description may mean, looked up in the database: for forms, where the whole registry is too much."""

from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, Value

from actors.models import Actor, ActorAlias, Identifier
from actors.querysets import ActorQuerySet
from clusterportal.core.functions import Fold
from clusterportal.intake.identity.description import describe
from clusterportal.intake.identity.evidence import Judgement, Verdict, judge
from clusterportal.intake.identity.legal_forms import without_legal_form, words_of
from clusterportal.intake.identity.names import site_of, visible
from clusterportal.intake.identity.registry import descriptions

FEW = 5
LOOKED_AT = 200  # actors that are judged at most
SIMILAR = 0.45  # trigram similarity (pg_trgm) from which a name in the same place is judged


class Likely(NamedTuple):
    actor: Actor
    judgement: Judgement


def likely(actors: ActorQuerySet, **said) -> list[Likely]:
    """At most five of `actors` that are, or probably are, what `said` (as `describe` takes it) is about.

    The likeliest first. Only what `actors` holds is named: it decides what the person may see.
    """
    described = describe(**said)
    numbers = {value for values in described.identifiers.values() for value in values}
    holders = Identifier.objects.filter(value__in=numbers).values("actor")
    conditions = [Q(pk__in=holders)] if numbers else []
    conditions += _conditions(actors, said)
    keys = {pk for condition in conditions for pk in _keys(actors.filter(condition))}
    keys |= set(_similar_in_place(actors, said))
    judged = {
        pk: judgement
        for pk, description, _title in descriptions(actors.filter(pk__in=sorted(keys)[:LOOKED_AT]))
        if (judgement := judge(described, description)).verdict is not Verdict.DIFFERENT
    }
    best = sorted(judged, key=lambda pk: (-judged[pk].score, pk))[:FEW]
    found = actors.for_list().in_bulk(best)
    return [Likely(found[pk], judged[pk]) for pk in best if pk in found]


def _conditions(actors: ActorQuerySet, said: dict):
    for name in (said.get("name", ""), *said.get("others", ())):
        if not name:
            continue
        folded = Fold(Value(visible(name)))
        aliases = ActorAlias.objects.filter(key=folded).values("actor")
        yield Q(name_key=folded) | Q(sort_key=folded) | Q(pk__in=aliases)
        if words := without_legal_form(words_of(visible(name))):
            yield actors.found(" ".join(words)).condition
    if host := site_of(said.get("website", "")):
        yield Q(website__icontains=f"//{host}") | Q(website__icontains=f"//www.{host}")
    if phone := said.get("phone", ""):
        yield Q(phone=phone)
    if said.get("street") and (place := _place(said)):
        yield place & Q(street__iexact=said["street"])


def _place(said: dict) -> Q | None:
    postcode, city = said.get("postcode"), said.get("city")
    if not postcode and not city:
        return None
    return (Q(postcode=postcode) if postcode else Q()) | (Q(city=city) if city else Q())


def _keys(actors: ActorQuerySet) -> list[int]:
    return list(actors.order_by().values_list("pk", flat=True)[:LOOKED_AT])


def _similar_in_place(actors: ActorQuerySet, said: dict) -> list[int]:
    if not (place := _place(said)):
        return []
    likeness = TrigramSimilarity("name_key", Fold(Value(said.get("name", ""))))
    similar = actors.filter(place).annotate(likeness=likeness).filter(likeness__gte=SIMILAR)
    return list(similar.order_by("-likeness").values_list("pk", flat=True)[:LOOKED_AT])
