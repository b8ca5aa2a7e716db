"""What the directory offers to keep: a search, and actors of it."""

import re

import pytest

from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def test_a_search_can_be_kept_as_a_link_and_as_a_feed(ask, chain):
    make_actor("Firma", layers=[2])
    text = markup_of(ask("?layer=applied-research&ordering=layer&page=1"))
    feed = "/en/actors/feed.xml?layer=applied-research"
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="New hits as a feed" href="{feed}">' in text
    )
    assert f'<a href="{feed}" type="application/atom+xml" data-feed>New hits as a feed</a>' in text
    saved = "http://testserver/en/actors/?layer=applied-research&amp;ordering=layer"
    assert f'data-copy-address="{saved}"' in text
    assert "data-feed" in markup_of(ask("?q=Quatsch"))  # who finds nothing yet may wait for it
    assert "data-feed" not in markup_of(ask("?layer=nope"))


def test_actors_can_be_chosen_with_and_without_a_script(ask):
    make_actor("Firma & Co", slug="firma")
    text = markup_of(ask())
    button = (
        '<button class="remember scripted" type="button" data-remember="firma" aria-pressed="false">'
        'Remember<span class="vh"> Firma &amp; Co</span></button>'
    )
    row = re.search(r'<li class="row">.*?</li>(?=</ul>)', text)[0]
    assert row.index('<h3><a href="/en/actors/firma/"') < row.index(button) < row.index("<noscript>")
    box = '<input type="checkbox" name="actor" value="firma" form="chosen-actors">'
    assert (
        f'<noscript><label>{box}<span>Choose<span class="vh"> Firma &amp; Co</span></span></label></noscript>'
        in row
    )
    form = re.search(
        r'<noscript><form class="bar under" id="chosen-actors" action="(.*?)">(.*?)</form>', text
    )
    assert form[1] == "/en/compare/"
    assert '<button class="btn" formaction="/en/shortlist/">Show as a list</button>' in form[2]
