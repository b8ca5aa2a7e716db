"""Facet counts of a filtered set of actors, each facet counted without its own filter, in one query."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast

from actors.enums import ActorKind, SizeClass
from actors.models import ActorTopic, ApplicationFocus, LayerPlacement, Membership
from clusterportal.core.languages import active_first

LONGEST = 30  # values of an open facet (cities, topics): the most frequent ones


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    position: int = 0  # of a layer, for its hue; 0 elsewhere


def facets(filterset, names) -> dict[str, list[FacetValue]]:
    """The facets `names` of a valid ActorFilterSet: values with label and count, most frequent first.

    Layers come in the order of the chain. Values that no actor has are left out, except chosen ones
    (count 0), so that a choice can always be undone.
    """
    names = list(names)
    if not names:
        return {}
    queries = [_COUNTS[name](name, filterset.without(name)) for name in names]
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    counted: dict[str, dict[str, tuple[str, int]]] = {name: {} for name in names}
    for row in rows:
        counted[row["facet"]][row["code"]] = (row["label"], row["number"])
    return {name: _values(name, counted[name], filterset) for name in names}


def _values(name: str, counted: dict, filterset) -> list[FacetValue]:
    labels = _labels(name, filterset)
    for chosen in filterset.form.cleaned_data.get(name) or []:
        counted.setdefault(chosen, (chosen, 0))
    values = [
        FacetValue(
            value=code,
            label=str(labels.get(code, label)),
            count=number,
            position=_position(name, code, filterset),
        )
        for code, (label, number) in counted.items()
    ]
    return sorted(values, key=lambda one: (one.position, -one.count, one.label))


def _labels(name: str, filterset) -> dict[str, str]:
    if name in ("kind", "size"):
        return dict((ActorKind if name == "kind" else SizeClass).choices)
    entries = (
        {
            "layer": filterset.taxonomy.layers,
            "area": filterset.taxonomy.areas,
            "cluster": filterset.taxonomy.clusters,
        }
        if name in ("layer", "area", "cluster")
        else {}
    )
    return {entry.slug: entry.name for entry in entries.get(name, [])}


def _position(name: str, code: str, filterset) -> int:
    if name != "layer":
        return 0
    return next((layer.position for layer in filterset.taxonomy.layers if layer.slug == code), 0)


def _counted(name: str, rows, code: str, label: str):
    """Rows of (facet, code, label, number); every facet must have the same columns to stand in one UNION."""
    text = CharField()
    return (
        rows.order_by()
        .values(facet=Value(name, text), code=Cast(F(code), text), label=Cast(F(label), text))
        .annotate(number=Count("pk"))
    )


def _by_column(column: str):
    def count(name, actors):
        return _counted(name, actors.exclude(**{column: ""}), column, column)

    return count


def _by_part(model, code: str, **narrowed):
    def count(name, actors):
        return _counted(name, model.objects.filter(actor__in=actors.values("pk"), **narrowed), code, code)

    return count


def _by_membership(name, actors):
    members = Membership.objects.public().filter(actor__in=actors.values("pk")).order_by()
    text = CharField()
    return members.values(
        facet=Value(name, text), code=Cast(F("cluster__slug"), text), label=Cast(F("cluster__slug"), text)
    ).annotate(number=Count("actor", distinct=True))


def _by_city(name, actors):
    return _by_column("city")(name, actors).order_by("-number", "code")[:LONGEST]


def _by_topic(name, actors):
    label = f"topic__{active_first('name')[0]}"
    rows = _counted(name, ActorTopic.objects.filter(actor__in=actors.values("pk")), "topic__slug", label)
    return rows.order_by("-number", "code")[:LONGEST]


_COUNTS = {
    "layer": _by_part(LayerPlacement, "layer__slug"),
    "area": _by_part(ApplicationFocus, "area__slug", area__is_active=True),
    "kind": _by_column("kind"),
    "cluster": _by_membership,
    "city": _by_city,
    "size": _by_column("size"),
    "topic": _by_topic,
}
