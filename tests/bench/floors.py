"""Floors for the comparison: an answer of N bytes that costs nothing, and one hand-written SQL statement.

granian tests.bench.floors:application, with BENCH_DSN for the statement.
"""

import os
import threading

import psycopg

LIST = """
SELECT json_build_object('count', (SELECT count(*) FROM actors_actor WHERE state = 'published' {filters}),
 'results', (SELECT json_agg(row_to_json(x)) FROM (
  SELECT a.uid, a.slug, a.name, a.short_name, a.kind, a.summary_de AS summary, a.website, a.street, a.postcode, a.city,
   a.country, a.latitude, a.longitude, a.updated_at,
   (SELECT json_agg(json_build_object('slug', l.slug, 'position', l.position, 'name', l.name_de) ORDER BY l.position)
     FROM actors_layerplacement p JOIN layers_layer l ON l.id = p.layer_id WHERE p.actor_id = a.id) AS layers,
   (SELECT json_agg(json_build_object('slug', l.slug, 'name', l.name_de) ORDER BY l.position)
     FROM actors_applicationfocus p JOIN applications_applicationarea l ON l.id = p.area_id
     WHERE p.actor_id = a.id) AS areas,
   (SELECT json_agg(json_build_object('slug', l.slug, 'name', l.name_de) ORDER BY l.position)
     FROM actors_membership p JOIN clusters_cluster l ON l.id = p.cluster_id WHERE p.actor_id = a.id) AS clusters
  FROM actors_actor a WHERE state = 'published' {filters} ORDER BY sort_key, id LIMIT 50) x)
 {facets})::text
"""
ON_LAYER = """AND EXISTS (SELECT FROM actors_layerplacement p JOIN layers_layer l ON l.id = p.layer_id
  WHERE p.actor_id = actors_actor.id AND l.slug = 'applied-research')"""
IN_AREA = """AND EXISTS (SELECT FROM actors_applicationfocus p JOIN applications_applicationarea l ON l.id = p.area_id
  WHERE p.actor_id = actors_actor.id AND l.slug = 'health-medtech')"""
OF_KIND = "AND actors_actor.kind = 'company'"


def _facet(name: str, join: str, key: str, filters: str, limit: str = "") -> str:
    return (
        f", '{name}', (SELECT json_agg(x) FROM (SELECT {key} AS value, count(*) FROM actors_actor {join} "
        f"WHERE actors_actor.state = 'published' {filters} GROUP BY 1 ORDER BY 2 DESC {limit}) x)"
    )


def _joined(table: str, column: str, other: str) -> str:
    return f"JOIN {table} j ON j.actor_id = actors_actor.id JOIN {other} o ON o.id = j.{column}"


ALL = f"{ON_LAYER} {IN_AREA} {OF_KIND}"
FACETS = "".join([
    _facet("layer", _joined("actors_layerplacement", "layer_id", "layers_layer"), "o.slug", f"{IN_AREA} {OF_KIND}"),
    _facet("area", _joined("actors_applicationfocus", "area_id", "applications_applicationarea"), "o.slug",
           f"{ON_LAYER} {OF_KIND}"),
    _facet("kind", "", "kind", f"{ON_LAYER} {IN_AREA}"),
    _facet("cluster", _joined("actors_membership", "cluster_id", "clusters_cluster"), "o.slug",
           ALL),
    _facet("city", "", "city", ALL, "LIMIT 30"),
    _facet("size", "", "size", ALL),
    _facet("topic", _joined("actors_actortopic", "topic_id", "actors_topic"), "o.slug", ALL, "LIMIT 30"),
])  # fmt: skip


def plain_sql() -> str:
    return LIST.format(filters="", facets="")


def faceted_sql() -> str:
    text = LIST.replace("WHERE state = 'published' {filters} ORDER", "WHERE state = 'published' {own} ORDER")
    return text.format(filters=ALL, own=ALL.replace("actors_actor.", "a."), facets=FACETS)


_local = threading.local()


def _asked(sql: str) -> bytes:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(os.environ["BENCH_DSN"], autocommit=True, prepare_threshold=1)
    return _local.connection.execute(sql).fetchone()[0].encode()


def application(environ, start_response):
    what = environ["PATH_INFO"].strip("/")
    body = b"x" * int(what) if what.isdigit() else _asked(plain_sql() if what == "list" else faceted_sql())
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
