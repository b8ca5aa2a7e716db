"""Markdown of curators: safe, and never much work."""

import pytest

from clusterportal.core.markdown_text import LONGEST_MARKED_TEXT, MOST_COSTLY, PARSER
from clusterportal.pages.markdown import render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Wer\n\n*Wir* **sind**", "<h2>Wer</h2>\n<p><em>Wir</em> <strong>sind</strong></p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("<script>x</script>", ""),
        ("| a |\n|-|\n| b |", None),
    ],
)
def test_markdown_is_read_and_cleaned(text, html):
    found = render(text)
    assert "<table>" in found if html is None else found == html


@pytest.mark.parametrize("sign", ["[", "*", "![", "_a", "[a](", "`", "<a ", "|a", "~~"])
def test_what_would_take_long_is_shown_as_it_stands(monkeypatch, sign):
    monkeypatch.setattr(PARSER, "render", None)  # parsing would fail
    text = sign * (MOST_COSTLY + 1)
    assert render(f"<b>{text}").startswith(f"<p>&lt;b&gt;{sign[0] if sign[0] != '<' else '&lt;'}")
    assert render("x" * (LONGEST_MARKED_TEXT + 1)).count("x") == LONGEST_MARKED_TEXT + 1


def test_long_plain_texts_are_markdown_still():
    text = "Ein Satz mit **Fettem**.\n\n" * 500
    assert render(text).count("<strong>") == 500
