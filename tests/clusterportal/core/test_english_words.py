"""English words that stand in for a translation: marked on pages, and nowhere else."""

import pytest
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext, trans_real

from clusterportal.core.english_words import EnglishWords, marking, plain_words, spoken, unmarked
from clusterportal.history.acts import sentences
from clusterportal.pages import middleware

SPAN = '<span lang="en">{}</span>'.format


@pytest.fixture
def russian():
    """Russian as it is where a portal has it; the suite's own has German and English."""
    catalogue = trans_real.translation("ru")
    before, catalogue._fallback = catalogue._fallback, EnglishWords()
    with translation.override("ru"):
        yield
    catalogue._fallback = before


def test_what_russian_lacks_is_english_and_marked_on_a_page_alone(russian):
    assert (gettext("Actors"), pgettext("fact", "Parent body")) == ("Участники", "Учредитель")
    assert gettext("Nobody knows this message.") == "Nobody knows this message."
    with marking():
        page = f"<p>{gettext('Actors')}: {gettext('Unknown here')}</p>"
        assert spoken(page) == f"<p>Участники: {SPAN('Unknown here')}</p>"
        assert spoken(pgettext("nowhere", "Word")) == SPAN("Word")
        assert [spoken(ngettext("%d thing", "%d things", n) % n) for n in (1, 5)] == [
            SPAN("1 thing"), SPAN("5 things"),
        ]  # fmt: skip
        assert gettext("unknown/<slug:slug>/") == "unknown/<slug:slug>/"  # an address is no word
        with plain_words():  # of what a page stores, or makes beside itself
            assert gettext("Unknown here") == "Unknown here"
            assert sentences(lambda: gettext("Unknown here"))["en"] == "Unknown here"
        assert gettext("Unknown here") != "Unknown here"


@pytest.mark.parametrize(
    ("kind", "content", "sent"),
    [
        ("application/pdf", b"%PDF-\xe2\xe3", b"%PDF-\xe2\xe3"),
        ("image/png", b"\x89PNG", b"\x89PNG"),
        ("application/feed+json", "\ue000x\ue001".encode(), b"x"),
        ("text/html; charset=utf-8", "\ue000x\ue001".encode(), SPAN("x").encode()),
    ],
)
def test_what_is_no_text_passes_as_it_is(rf, monkeypatch, kind, content, sent):
    monkeypatch.setattr(middleware, "partial_languages", lambda: ["en"])
    passes = middleware.SaysEnglish(lambda request: HttpResponse(content, content_type=kind))
    assert passes(rf.get("/en/x")).content == sent


def test_russian_has_three_forms_of_the_plural(russian):
    found = [
        ngettext("%(shown)s actor", "%(shown)s actors", n) % {"shown": n} for n in (1, 3, 5, 11, 21, 104)
    ]
    assert found == [
        "1 участник",
        "3 участника",
        "5 участников",
        "11 участников",
        "21 участник",
        "104 участника",
    ]


B, E = "\ue000", "\ue001"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        (f'<a title="{B}Open{E}">{B}Open{E}</a>', f'<a title="Open">{SPAN("Open")}</a>'),
        (f"<title>{B}Home{E} – X</title>", "<title>Home – X</title>"),
        (f'<option value="">{B}All{E}</option><option>да</option>',
         '<option value="" lang="en">All</option><option>да</option>'),
        (f"<script>var a = '{B}x{E}'</script><p>{B}y{E}</p>", f"<script>var a = 'x'</script><p>{SPAN('y')}</p>"),
        (f"<svg><title>{B}x{E}</title><text>{B}y{E}</text></svg>{B}z{E}",
         f"<svg><title>x</title><text>y</text></svg>{SPAN('z')}"),
        (f"<h1>{B}One, <br>two{E}</h1>", f"<h1>{SPAN('One, ')}<br>{SPAN('two')}</h1>"),
        (f"<p>{B}of {B}three{E} things{E} да</p>",
         f"<p>{SPAN('of ')}{SPAN('three')}{SPAN(' things')} да</p>"),
        (f"<p>{B}cut of…</p><p>да</p>", f"<p>{SPAN('cut of…')}</p><p>да</p>"),
        (f"<!-- {B}x{E} > --><p>{E}да</p>", "<!-- x > --><p>да</p>"),
        (f"<path/>{B}x{E}", f"<path/>{SPAN('x')}"),
    ],
)  # fmt: skip
def test_marks_become_elements_where_there_can_be_some(html, expected):
    assert spoken(html) == expected
    assert not {B, E} & {*spoken(html), *unmarked(html)}
