"""A peer: the same rows in SQLite for Datasette, joined tables as arrays of JSON, which it can facet."""

import json
import sqlite3
from pathlib import Path

QUESTION = (
    "/bench/actors.json?_size=50&_facet=kind&_facet=city&_facet=size&_facet_array=layers&_facet_array=areas"
    "&_facet_array=clusters&_facet_array=topics"
)
FILTERS = "&kind=company&layers__arraycontains=applied-research&areas__arraycontains=health-medtech"
_COLUMNS = (
    "id",
    "slug",
    "name",
    "kind",
    "size",
    "city",
    "country",
    "website",
    "summary_de",
    "latitude",
    "longitude",
)
_PARTS = {
    "layers": "SELECT l.slug FROM actors_layerplacement p JOIN layers_layer l ON l.id = p.layer_id",
    "areas": "SELECT l.slug FROM actors_applicationfocus p JOIN applications_applicationarea l ON l.id = p.area_id",
    "clusters": "SELECT l.slug FROM actors_membership p JOIN clusters_cluster l ON l.id = p.cluster_id",
    "topics": "SELECT l.slug FROM actors_actortopic p JOIN actors_topic l ON l.id = p.topic_id",
}


def write(path: Path) -> None:
    """All published actors of the settings' database into the table `actors` of a new SQLite file."""
    from django.db import connection

    path.unlink(missing_ok=True)
    parts = ", ".join(f"ARRAY({sql} WHERE p.actor_id = a.id) AS {name}" for name, sql in _PARTS.items())
    database = sqlite3.connect(path)
    names = [*_COLUMNS, *_PARTS]
    database.execute(f"CREATE TABLE actors ({', '.join(names)}, PRIMARY KEY (id))")
    with connection.cursor() as cursor:
        columns = ", ".join(f"a.{column}" for column in _COLUMNS)
        cursor.execute(f"SELECT {columns}, {parts} FROM actors_actor a WHERE state = 'published'")
        database.executemany(
            f"INSERT INTO actors VALUES ({', '.join('?' * len(names))})",
            ([json.dumps(value) if isinstance(value, list) else value for value in row] for row in cursor),
        )
    for column in ("kind", "size", "city"):
        database.execute(f"CREATE INDEX by_{column} ON actors ({column})")
    database.commit()
    database.close()
