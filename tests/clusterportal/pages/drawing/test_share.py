"""The picture of a page where it is shared: whatever is written, and within its size."""

from io import BytesIO

import pytest
from PIL import Image

from clusterportal.pages.drawing.share import StairStep, share_picture

STEPS = [StairStep(False), StairStep(True), StairStep(True, "1.204"), StairStep(False, "–"), StairStep(True)]
PLACES = [(96, 540), (310, 510), (524, 480), (738, 450), (952, 420)]  # in a corner of each step
COLOURS = [(255, 255, 255), (13, 116, 210), (21, 98, 91), (255, 255, 255), (128, 1, 52)]


def drawn(title, line="Unternehmen, Kaiserslautern"):
    content = share_picture(site="Clusterregister", title=title, line=line, steps=STEPS, language="de")
    assert len(content) < 200_000
    return Image.open(BytesIO(content)).convert("RGB")


def is_empty(picture, box):
    return len(picture.crop(box).getcolors(10_000)) == 1


@pytest.mark.parametrize(
    "title",
    [
        "A",
        "Österreichisches Zentrum „ÄÖÜß“",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 20,
        "*_#[x] $y$ @z \\ <b>" * 12,
        "",
    ],
)
def test_any_title_stays_in_its_place_over_the_layers(title):
    picture = drawn(title)
    assert picture.size == (1200, 630)
    assert [picture.getpixel(place) for place in PLACES] == COLOURS
    assert is_empty(picture, (0, 0, 66, 614)) and is_empty(picture, (1160, 0, 1200, 340))
    assert is_empty(picture, (72, 84, 1128, 274)) == (not title)
    assert is_empty(picture, (0, 275, 1200, 282))


def test_umlauts_have_letters_of_their_own():
    assert drawn("Ä").tobytes() != drawn("Ö").tobytes() != drawn("ß").tobytes() != drawn("ł").tobytes()
