"""Lists of the newsroom say how they are followed, and programs find it in their heads."""

import pytest

from tests.factories import make_cluster, make_contribution
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "path"), [("news", "news"), ("event", "events"), ("story", "success-stories")]
)
def test_a_list_leads_to_its_feeds_under_its_filters(client, name, path):
    make_cluster("it")
    page = markup_of(client.get(f"/en/{path}/?cluster=it&page=1"))
    for media_type, file in (("application/atom+xml", "feed.xml"), ("application/feed+json", "feed.json")):
        address = f"/en/{path}/{file}?cluster=it"
        assert f'type="{media_type}"' in page and page.count(f'href="{address}"') == 2
        assert client.get(address).status_code == 200
    calendar = "/en/events/events.ics?cluster=it"
    assert page.count(f'href="{calendar}"') == (2 if name == "event" else 0)
    assert (f'href="webcal://testserver{calendar}"' in page) == (name == "event")
    assert 'href="/en/newsletter/"' in page


def test_an_event_leads_to_its_calendar_file(client):
    event = make_contribution("Tag", kind="event")
    address = "/en/events/tag/event.ics"
    assert f'href="{address}"' in markup_of(client.get("/en/events/tag/"))
    assert str(event.uid) in client.get(address).content.decode()
