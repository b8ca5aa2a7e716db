"""Files are written piece by piece and are whole in the end, whatever there is to write."""

import json

import pytest

from clusterportal.tables.writer import Table, in_blocks, pieces

PLACE = {"uid": "1", "latitude": 49.4, "longitude": 7.7}
NOWHERE = {"uid": "2", "latitude": None, "longitude": None}


def written(format: str, records: list[dict], **options) -> str:
    columns = ["uid", "latitude", "longitude"]
    rows = [[record[name] for name in columns] for record in records]
    table = Table("places", columns, rows=lambda: rows, records=lambda: records)
    return b"".join(pieces(format, table, **options)).decode()


@pytest.mark.parametrize("records", [[], [PLACE], [PLACE, NOWHERE]])
def test_json_is_whole_with_none_one_and_two(records):
    assert json.loads(written("json", records)) == records
    assert [json.loads(line) for line in written("ndjson", records).splitlines()] == records
    features = [
        {
            "type": "Feature",
            "id": record["uid"],
            "geometry": {"type": "Point", "coordinates": [7.7, 49.4]} if record is PLACE else None,
            "properties": record,
        }
        for record in records
    ]
    assert json.loads(written("geojson", records)) == {"type": "FeatureCollection", "features": features}


def test_csv_with_and_without_the_mark_for_excel():
    assert written("csv", [PLACE]) == "uid,latitude,longitude\r\n1,49.4,7.7\r\n"
    assert written("csv", [], with_bom=True) == "\ufeffuid,latitude,longitude\r\n"


def test_small_texts_become_large_blocks_and_bytes_stay():
    texts = ["ä" * 40_000, "b" * 40_000, "c"]
    assert [*in_blocks(texts)] == [("ä" * 40_000 + "b" * 40_000).encode(), b"c"]
    assert [*in_blocks([b"one", b"two"])] == [b"one", b"two"]
    assert [*in_blocks([])] == []
