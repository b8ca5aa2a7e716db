"""A network as a file: GraphML and GEXF for programs that draw networks, CSV of its ties for tables."""

from collections.abc import Iterator

from django.http import HttpResponse

from clusterportal.core.api.formats import WholeListFormat
from clusterportal.network.domain.network_records import NetworkActor, NetworkRecord, NetworkRecords
from clusterportal.tables.writer import csv_lines

_ENDS = [f"{end}{what}" for end in ("source", "target") for what in ("_uid", "", "_name")]
COLUMNS = [*_ENDS, "kind", "relation", "project", "since", "until"]


class GraphMlFormat(WholeListFormat):
    media_type = "application/graphml+xml"
    format = "graphml"
    charset = "utf-8"


class GexfFormat(WholeListFormat):
    media_type = "application/gexf+xml"
    format = "gexf"
    charset = "utf-8"


class CsvFormat(WholeListFormat):
    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


def as_file(
    network: NetworkRecords, format: type[WholeListFormat], *, name: str, description: str
) -> HttpResponse:
    """The answer in `format`, as a file to keep; `description` says in the file what the network is made of."""
    is_table = format is CsvFormat
    text = "".join(csv_lines(_rows(network))) if is_table else _drawn(network, format, description)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{format.format}"'}
    return HttpResponse(text, content_type=f"{format.media_type}; charset=utf-8", headers=disposition)


def _rows(network: NetworkRecords) -> Iterator[list]:
    """A row for each record behind a tie."""
    yield COLUMNS
    for tie in network.ties:
        for one in tie.records:
            ends = [str(part) for end in (tie.source, tie.target) for part in (end.uid, end.slug, end.name)]
            rest = (one.kind, one.relation, one.project, one.since, one.until)
            yield [*ends, *(str(value or "") for value in rest)]


def _drawn(network: NetworkRecords, format: type[WholeListFormat], description: str) -> str:
    # Here, because it takes memory of every process that never writes such a file.
    import networkx

    graph = networkx.Graph(name=description)
    for one in network.nodes:
        graph.add_node(one.slug, **_facts(one))
    for tie in network.ties:
        graph.add_edge(tie.source.slug, tie.target.slug, **_of_records(tie.kinds, tie.records))
    write = networkx.generate_graphml if format is GraphMlFormat else networkx.generate_gexf
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(write(graph)) + "\n"


def _facts(one: NetworkActor) -> dict[str, str]:
    return {"label": one.name, "uid": str(one.uid), "kind": one.kind, "main_layer": one.main_layer or ""}


def _of_records(kinds: list[str], records: list[NetworkRecord]) -> dict[str, str]:
    """From the first beginning to the last end; empty where one of them is not known or open."""
    sinces, untils = [one.since for one in records], [one.until for one in records]
    since = min(filter(None, sinces), default=None) if None not in sinces else None
    until = max(filter(None, untils), default=None) if None not in untils else None
    return {"kinds": "|".join(kinds), "since": str(since or ""), "until": str(until or "")}
