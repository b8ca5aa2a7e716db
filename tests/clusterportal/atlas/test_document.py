"""The atlas and the documents beside it, as files: what they say, and whether everybody can read them."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.atlas.domain import atlas_document, content, faces, typesetting
from clusterportal.atlas.domain.contributions import contribution_pdf
from clusterportal.atlas.domain.markdown_blocks import blocks_of
from clusterportal.atlas.domain.selecting import MOST_PROFILES, BadSelection
from clusterportal.atlas.domain.texts import address_shown, breakable, name_of
from clusterportal.atlas.domain.typesetting import Refused
from clusterportal.atlas.filters import chosen
from clusterportal.newsroom.models import Contribution, Link
from tests.bench import hostile_actors
from tests.clusterportal.atlas.makers import make_region
from tests.factories import make_contribution
from tests.pdf_structure import structure_of

CHAPTERS = {
    "de": ["Die Kette von der Forschung bis zum Markt", "Wo die Kette trägt und wo ein Glied fehlt"],
    "en": ["The chain from research to market", "Where the chain holds, and where a link is missing"],
}


@pytest.fixture
def region(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_region()


def gathered(query: str = ""):
    found = chosen(query)
    return content.atlas(found.selection, found.taxonomy, scope=found.scope)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_atlas_is_an_accessible_pdf(region, language):
    with override(language):
        document, report = atlas_document.make(gathered())
    found = structure_of(document.pdf)
    assert found.faults == []
    assert (found.language, found.pages) == (language, document.pages)
    assert found.title.split(" ")[0] == {"de": "Kompetenzatlas", "en": "Competence"}[language]
    assert found.bookmarks[1:3] == CHAPTERS[language]
    assert len(found.bookmarks) == 8  # contents, model, matrix, map, areas, profiles, index, about
    assert found.tags["Table"] == 2 + 1  # matrix, places, and the one in a description
    assert found.tags["TH"] == 6 + 7 + 2
    assert len(found.alternatives) == 3  # weave, map, logo
    assert found.headings.count(2) >= 5
    assert report.left_out == []
    [missing] = report.missing
    assert "東 (U+6771)" in missing
    assert "東京 Lab" in missing  # the report may name it: it is no PDF


def test_only_what_the_public_sees_is_in_it(region):
    _cluster, _institute, company = region
    found = gathered()
    text = json.dumps(found.content, ensure_ascii=False)
    assert "Erika Öffentlich" in text
    assert "Karl Geheim" not in text
    assert "Entwurf AG" not in text
    assert found.people == [company.contacts.get(name="Erika Öffentlich").pk]
    assert len(found.actors) == 5
    assert found.content["line"] == (
        "5 Akteure, 1 Cluster, 2 Anwendungsfelder auf fünf Ebenen von der Forschung zum Markt"
    )
    # Each number of the matrix leads to whom it counts.
    cells = [[cell["actors"] for cell in row["cells"]] for row in found.content["rows"]]
    counts = [[cell["count"] for cell in row["cells"]] for row in found.content["rows"]]
    assert counts == [[len(ids) for ids in row] for row in cells]
    assert sorted(map(sum, counts)) == [2, 2]


def test_filters_choose_whom_it_shows(region):
    _cluster, institute, company = region
    found = gathered("area=health-medtech&layer=basic-research")
    assert found.content["ids"] == [f"actor-{institute.pk}"]
    assert found.actors == sorted([institute.pk, company.pk])  # a relation names the other
    assert found.content["scope"] == "Anwendungsfeld: Health-Medtech; Ebene: Grundlagenforschung"
    for query, words in (("layer=nobody", "nobody"), ("colour=red", "colour"), ("q=zzzzqqqq", "Kein Akteur")):
        with pytest.raises(BadSelection, match=words):
            chosen(query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clusterportal.atlas.domain.selecting.MOST_PROFILES", 4)
        with pytest.raises(BadSelection, match="5 Akteure sind mehr"):
            chosen("")
    assert MOST_PROFILES >= 300


def test_what_cannot_be_set_is_named_and_the_rest_is_made(region, monkeypatch):
    """Each is set alone only when the whole fails."""
    found = gathered()
    found.pictures["broken.png"] = b"no picture"
    bad = next(one for one in found.content["profiles"] if one["name"] == "Auto GmbH")
    bad["logo"] = "broken.png"
    document, report = atlas_document.make(found)
    [line] = report.left_out
    assert line.startswith("Auto GmbH ließ sich nicht setzen: ")
    assert structure_of(document.pdf).faults == []
    assert [one["name"] for one in found.content["profiles"]].count("Auto GmbH") == 1
    left = content.without(found, {0}, ["X"])
    gone = found.content["profiles"][0]["id"]
    assert gone not in json.dumps({key: left[key] for key in ("ids", "rows", "index", "without_area")})
    assert gone not in [one["id"] for one in left["profiles"]]
    monkeypatch.setattr(atlas_document, "failing", lambda *_args: pytest.fail("set alone without need"))
    atlas_document.make(gathered())


def test_a_record_at_which_the_typesetter_dies_is_named_and_the_rest_is_made(region, monkeypatch):
    monkeypatch.setattr(typesetting, "PROCESS", "tests.clusterportal.atlas.breaking_process")
    dying = Actor.objects.published().by_name()[1]
    Actor.objects.filter(pk=dying.pk).update(name="Absturz GmbH")
    document, report = atlas_document.make(gathered())
    assert report.left_out == ["Absturz GmbH ließ sich nicht setzen: das Programm, das es setzt, brach ab"]
    assert structure_of(document.pdf).faults == [] and document.pages
    Actor.objects.published().update(short_name="Absturz")
    with pytest.raises(typesetting.CannotSet, match="again and again"):
        monkeypatch.setattr(typesetting, "MOST_BREAKS", 1)
        atlas_document.make(gathered())


def test_a_lost_logo_is_left_out_and_named(region):
    _cluster, institute, _company = region
    institute.logo.storage.delete(institute.logo.name)
    found = gathered()
    assert found.without_logo == ["Institut für Bildverarbeitungssysteme"]
    assert atlas_document.Report(without_logo=found.without_logo).lines() == [
        "Das Logo von Institut für Bildverarbeitungssysteme fehlt oder ist beschädigt."
    ]


def test_a_missing_character_is_a_note_and_never_a_box():
    text = "東京大学 Ωμέγα Москва עברית عربية \ue000\u202eok\x01"
    missing = faces.missing_in(text)
    assert missing == {*"東京大学", "\ue000", "\x01"}
    shown = faces.with_marks({"a": [text]}, missing)
    assert shown == {
        "a": ["[4 Zeichen, CJK] Ωμέγα Москва עברית عربية [1 Zeichen, unbekannt]ok[1 Zeichen, unbekannt]"]
    }


def test_the_language_of_a_name_is_one_that_typst_knows():
    assert name_of(Actor(name="Montenegro a.d.", country="ME")) == {"text": "Montenegro a.d.", "lang": "sr"}


def test_words_without_end_may_break_and_words_of_people_may_not():
    compound = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft"
    assert breakable(f"{compound} mbH") == f"{compound} mbH"
    assert breakable("X" * 40) == "\u00ad".join(["X" * 12, "X" * 12, "X" * 12, "X" * 4])
    assert breakable("1" * 40) == "1" * 24 + "\u200b" + "1" * 16
    assert address_shown("https://www.example.org/a-b/") == "example.\u200borg/\u200ba-\u200bb"


def test_hostile_records_give_a_file(db, settings, tmp_path):
    """Thirty of the five hundred that the bench sets."""
    settings.MEDIA_ROOT = tmp_path
    make_region()
    hostile_actors.create(30)
    document, report = atlas_document.make(gathered())
    assert report.left_out == []
    assert len(report.missing) > 3
    assert len(report.without_logo) > 0
    assert structure_of(document.pdf).faults == []


def test_a_profile_is_a_document_of_its_own(region):
    _cluster, institute, _company = region
    document, _report = atlas_document.make(content.single(institute, Taxonomy()), name="single")
    found = structure_of(document.pdf)
    assert found.faults == []
    assert (found.title, found.pages) == ("Institut für Bildverarbeitungssysteme", 1)
    assert found.headings[:2] == [1, 2]
    assert found.alternatives == ["Logo von Institut für Bildverarbeitungssysteme"]


@pytest.mark.parametrize("is_decorative", [True, False])
def test_a_contribution_is_a_document(region, is_decorative):
    cluster, institute, _company = region
    made = make_contribution(
        "Neues Labor",
        actors=[institute],
        clusters=[cluster],
        # Typst takes neither so long an address nor quotations so deep.
        body_de=f"Ein Satz.\n\n## Weiter\n\nNoch [*einer*](https://a.de/{'b' * 9000}).\n\n{'>' * 90} Tief.",
        lead_de="Kurz.",
        image_credit="Foto: K. Muster",
        image_alt_de="" if is_decorative else "Ein Haus",
        image_is_decorative=is_decorative,
        image=institute.logo.name,
    )
    Link.objects.create(contribution=made, url="https://example.org/a", label_de="Mehr")
    shown = Contribution.objects.with_parts().get(pk=made.pk)
    german, english = (structure_of(contribution_pdf(shown, language)) for language in ("de", "en"))
    assert german.faults == english.faults == []
    assert (german.language, english.language) == ("de", "en")
    assert german.title == "Neues Labor"
    assert german.headings == [1, 2, 2, 2]
    assert german.alternatives == ([] if is_decorative else ["Ein Haus"])


def test_markdown_becomes_blocks_of_one_level_of_headings():
    text = "# A\n\n#### B\n\n1. x\n   - y\n\n> z\n\n[v](javascript:x) <b>r</b> `c`  \nn"
    assert blocks_of(text) == [
        {"kind": "heading", "spans": [{"text": "A"}]},
        {"kind": "heading", "spans": [{"text": "B"}]},
        {
            "kind": "list",
            "ordered": True,
            "items": [
                [
                    {"kind": "paragraph", "spans": [{"text": "x"}]},
                    {
                        "kind": "list",
                        "ordered": False,
                        "items": [[{"kind": "paragraph", "spans": [{"text": "y"}]}]],
                    },
                ]
            ],
        },
        {"kind": "quote", "blocks": [{"kind": "paragraph", "spans": [{"text": "z"}]}]},
        {
            "kind": "paragraph",
            "spans": [
                {"text": "[v](javascript:x) "},
                {"text": "r"},
                {"text": " "},
                {"text": "c", "code": True},
                {"break": True},
                {"text": "n"},
            ],
        },
    ]
    assert [one["kind"] for one in blocks_of("[" * 9000 + "\n\nb")] == ["paragraph", "paragraph"]


def test_the_command_writes_the_file_and_says_what_it_lacks(region, tmp_path, capsys):
    file = tmp_path / "atlas.pdf"
    call_command("atlas", str(file), "--lang", "en", "--cluster", "it-cluster")
    out, err = capsys.readouterr()
    assert structure_of(file.read_bytes()).language == "en"
    assert "14 Seiten, " in out
    assert err.count("\n") == 1
    assert "U+6771" in err
    for arguments, words in (([tmp_path / "a.txt"], "Endung"), ([file, "--layer", "x"], "x")):
        with pytest.raises(CommandError, match=words):
            call_command("atlas", *map(str, arguments))
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_refusal_says_what_typst_said(region):
    found = gathered()
    found.content["profiles"] = []
    found.content["title"] = ""
    with pytest.raises(Refused):
        atlas_document.make(found, name="atlas")
