"""Links past what repeats: each leads to something that takes the focus."""

import re

import pytest

from actors.models import ActorRelation
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'<a class="(?:skip|btn vh)" href="#([^"]*)">(.*?)</a>')
CONTENT = ("content", "Skip to content")
TO_THE_LIST = [CONTENT, ("hits", "Skip to the results")]


@pytest.fixture
def registry(chain):
    cluster, area = make_cluster(), make_area()
    first, second = (
        make_actor(name, layers=[1], areas=[area], clusters=[cluster]) for name in ("Eins", "Zwei")
    )
    ActorRelation.objects.create(source=first, target=second, kind="cooperation")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/", [CONTENT, ("h-clusters", "Skip the model")]),
        ("/en/actors/", TO_THE_LIST),
        ("/en/actors/?q=zzzz", TO_THE_LIST),
        ("/en/actors/?page=9", TO_THE_LIST),
        ("/en/actors/?kind=nonsense", TO_THE_LIST),
        ("/en/actors/eins/", [CONTENT, ("relations", "Skip the picture")]),
        ("/en/network/", [CONTENT, ("h-table", "Skip to the table"), ("h-table", "Skip the picture")]),
        ("/en/matrix/", [CONTENT, ("h-gaps", "Skip the table")]),
        ("/en/layers/basic-research/", [CONTENT, ("h-actors", "Skip to the actors")]),
        (
            "/en/clusters/it-cluster/",
            [CONTENT, ("h-members", "Skip to the members"), ("h-life", "Skip the table")],
        ),
        ("/en/propose/", [CONTENT]),
    ],
)
def test_every_link_leads_to_something_that_takes_the_focus(client, registry, address, expected):
    text = markup_of(client.get(address))
    assert _LINK.findall(text) == expected
    for target, _words in expected:
        assert len(re.findall(rf'<\w+(?=[^>]* id="{target}")(?=[^>]* tabindex="-1")[^>]*>', text)) == 1
