"""Outlines of regions come from open geodata by command, with their source, or not at all."""

import json

import pytest
from django.core.management import CommandError, call_command

from clusterportal.clusters.models import Region

pytestmark = pytest.mark.django_db

SQUARE = [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]
OTHER = [[[5, 5], [5, 6], [6, 6], [6, 5], [5, 5]]]


def feature(geometry="Polygon", coordinates=SQUARE, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def write(folder, features, **members):
    path = folder / "outlines.geojson"
    collection = {"type": "FeatureCollection", "attribution": "© Amt", "features": features} | members
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


@pytest.fixture
def region(db):
    return Region.objects.create(
        slug="kaiserslautern", name_de="Kaiserslautern", nuts_codes=["DEB32", "DEB3F"]
    )


def test_the_polygons_of_all_codes_make_one_outline(region, tmp_path, capsys):
    file = write(
        tmp_path,
        [feature(nuts3="DEB32"), feature("MultiPolygon", [OTHER], nuts3="DEB3F"), feature(nuts3="DED51")],
    )
    call_command("load_outlines", file)
    region.refresh_from_db()
    assert region.outline == {"type": "MultiPolygon", "coordinates": [SQUARE, OTHER]}
    assert region.outline_source == "© Amt"
    assert "kaiserslautern: outline of DEB32, DEB3F, 2 polygons" in capsys.readouterr().out


def test_a_coarser_file_gives_the_unit_around_the_region_once(region, tmp_path):
    call_command(
        "load_outlines", write(tmp_path, [feature(nuts1="DEB"), feature(coordinates=OTHER, nuts1="DED")])
    )
    region.refresh_from_db()
    assert region.outline == {"type": "MultiPolygon", "coordinates": [SQUARE]}


def test_the_level_can_be_chosen(region, tmp_path):
    file = write(
        tmp_path,
        [feature(nuts3="DEB32", nuts1="DEB"), feature(coordinates=OTHER, nuts3="DEB33", nuts1="DEB")],
    )
    call_command("load_outlines", file, "--nuts1")
    region.refresh_from_db()
    assert region.outline["coordinates"] == [SQUARE, OTHER]


def test_a_region_without_a_match_keeps_what_it_has(region, tmp_path, capsys):
    Region.objects.update(outline={"type": "Polygon", "coordinates": SQUARE}, outline_source="früher")
    call_command("load_outlines", write(tmp_path, [feature(nuts3="DED51")]))
    region.refresh_from_db()
    assert (region.outline["type"], region.outline_source) == ("Polygon", "früher")
    assert "kaiserslautern: no outline for DEB32, DEB3F" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "is not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": [1]}', "needs a NUTS code"),
        (
            '{"type": "FeatureCollection", "features": [{"properties": {"nuts3": "DEB32"}}]}',
            "neither a Polygon",
        ),
        (
            '{"type": "FeatureCollection", "features": [{"properties": {"nuts3": "DEB32"},'
            ' "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
            "neither a Polygon",
        ),
        (json.dumps({"type": "FeatureCollection", "features": [feature(nuts3="DEB32")]}), "attribution"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(region, tmp_path, text, message):
    file = tmp_path / "bad.geojson"
    file.write_text(text)
    with pytest.raises(CommandError, match=message):
        call_command("load_outlines", file)
    region.refresh_from_db()
    assert (region.outline, region.outline_source) == (None, "")


@pytest.mark.parametrize(
    ("name", "polygons"), [("de_kreise_nuts3.geojson", 2), ("de_laender_nuts1.geojson", 1)]
)
def test_real_open_data(region, shared_data, name, polygons):
    call_command("load_outlines", shared_data / name)
    region.refresh_from_db()
    assert len(region.outline["coordinates"]) == polygons
    assert "BKG" in region.outline_source
