"""What each facet of an actor is: the SQL of its pairs, and what its values are called.

A further facet is one line in `PAIRS`, one in `SHOWN` where visitors see its counts, and its filter in
`actors/filters.py`.
"""

from actors.enums import ActorKind, SizeClass


def _column(name: str) -> str:
    return f"SELECT id, {name}::text FROM actor WHERE {name}::text <> ''"  # which leaves out NULL as well


def _parts(table: str, key: str, named: str) -> str:
    """Parts of an actor that name a record with an address."""
    return (
        f"SELECT actor_id, named.slug FROM {table} part JOIN actor ON actor.id = part.actor_id "
        f"JOIN {named} named ON named.id = part.{key}"
    )


# (actor's key, value) by facet, of the rows `actor` (published ones) and `related` (relations of which both ends are).
PAIRS = {
    "layer": _parts("actors_layerplacement", "layer_id", "layers_layer"),
    "area": _parts("actors_applicationfocus", "area_id", "applications_applicationarea"),
    "kind": _column("kind"),
    # Some have several memberships in one cluster: a member that also manages it.
    "cluster": "SELECT DISTINCT * FROM ("
    + _parts("actors_membership", "cluster_id", "clusters_cluster")
    + " WHERE part.is_cleared) AS member",
    "city": _column("city"),
    "size": _column("size"),
    "topic": _parts("actors_actortopic", "topic_id", "actors_topic"),
    "state": _column("state_name"),
    "country": _column("country"),
    "founded": _column("founded"),
    "has": "SELECT id, 'website' FROM actor WHERE website <> '' "
    "UNION ALL SELECT id, 'coordinates' FROM actor WHERE latitude IS NOT NULL "
    "UNION ALL SELECT id, 'logo' FROM actor WHERE logo <> '' "
    "UNION ALL SELECT DISTINCT actor_id, 'relations' FROM related",
    "relation": "SELECT DISTINCT actor_id, kind FROM related",
    "relation_id": "SELECT actor_id, relation_id::text FROM related",
}

# Facets whose counts visitors see, in this order, with the enumeration that names their values, where one does.
SHOWN = {
    "layer": None, "area": None, "kind": ActorKind, "cluster": None, "city": None, "size": SizeClass, "topic": None,
}  # fmt: skip
DETAILS = ("website", "coordinates", "logo", "relations")  # values of `has`, which a visitor can ask for
# Facets whose values are records of the Cluster Model, with their lists in the taxonomy.
VOCABULARY = {"layer": "layers", "area": "areas", "cluster": "clusters"}
