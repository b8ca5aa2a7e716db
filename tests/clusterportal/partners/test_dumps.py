"""Dated dumps: what is in them, how they are downloaded, and that they go when something in them may not be shown."""

import gzip
import hashlib
import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from actors.models import ContactPerson
from clusterportal.history.person import Person
from clusterportal.partners.domain import dumps
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.models import Dump
from tests.clusterportal.partners.mirror import asking, snapshot
from tests.factories import make_actor, make_chain

pytestmark = pytest.mark.django_db
DUMPS = "/api/v1/dumps/"


@pytest.fixture
def muster(settings, tmp_path):
    """A published actor with a person to talk to, in a dump of today."""
    settings.PORTAL_DATA_DIR = tmp_path
    make_chain()
    actor = make_actor("Muster GmbH", slug="muster")
    ContactPerson.objects.create(actor=actor, name="Ada Beispiel", consent_on=date(2026, 1, 1))
    keep()
    return actor


def keep() -> None:
    sequence()
    dumps.keep_dumps()


def listed(client) -> list[dict]:
    return client.get(DUMPS).json()["dumps"]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_dump_is_the_snapshot_of_a_day_with_checksum_and_licence(client, muster):
    [dump] = listed(client)
    answer = client.get(dump["url"])
    file = body(answer)
    first, *lines = [json.loads(line) for line in gzip.decompress(file).splitlines()]
    today = timezone.localdate().isoformat()
    assert dump == {
        "date": today,
        "at": first["at"],
        "url": f"http://testserver{DUMPS}{today}/",
        "size": len(file),
        "sha256": hashlib.sha256(file).hexdigest(),
        "cursor": first["cursor"],
        "counts": {
            "layer": 5,
            "area": 0,
            "cluster": 0,
            "topic": 0,
            "actor": 1,
            "relation": 0,
            "contribution": 0,
        },
        "licence": "CC-BY-4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": first["attribution"],
    }
    assert [line["data"]["slug"] for line in lines if line["object"] == "actor"] == ["muster"]
    assert b"Ada" not in gzip.decompress(file)
    assert set(snapshot(asking(client))[1]) == {(line["object"], line["data"]["uid"]) for line in lines}
    assert client.get("/api/v1/changes/", {"since": dump["cursor"]}).json()["changes"] == []
    assert (answer["ETag"], answer["Content-Length"]) == (f'"{dump["sha256"]}"', str(dump["size"]))
    assert client.get(dump["url"], headers={"If-None-Match": answer["ETag"]}).status_code == 304


RANGES = {
    "bytes=0-9": slice(0, 10),
    "bytes=100-": slice(100, None),
    "bytes=-7": slice(-7, None),
    "bytes=5-99999999": slice(5, None),
}
NO_RANGES = ("bytes=9-3", "bytes=1-2,5-6", "lines=1-2", "bytes=-", "bytes=" + "9" * 10_000 + "-")


def test_a_broken_download_goes_on(client, muster):
    address = listed(client)[0]["url"]
    file = body(client.get(address))
    for asked, part in RANGES.items():
        answer = client.get(address, headers={"Range": asked})
        first, last, size = map(int, re.findall(r"[0-9]+", answer["Content-Range"]))
        assert (answer.status_code, size, file[first : last + 1]) == (206, len(file), file[part]), asked
        assert body(answer) == file[part], asked
    for asked in NO_RANGES:
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, body(answer)) == (200, file), asked
    for asked in ("bytes=99999999-", "bytes=-0"):
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(file)}"), asked
    changed = client.get(address, headers={"Range": "bytes=3-", "If-Range": '"another"'})
    assert (changed.status_code, body(changed)) == (200, file)


def test_a_dump_goes_as_soon_as_something_in_it_is_withdrawn(client, muster):
    address = listed(client)[0]["url"]
    muster.website = "https://muster.example"
    muster.save()
    keep()
    assert listed(client)[0]["url"] == address  # of this day, though something has changed since
    muster.state = "archived"
    muster.save()
    assert listed(client) == []
    answer = client.get(address)
    assert (answer.status_code, answer.json()["dumps"]) == (410, f"http://testserver{DUMPS}")
    keep()
    assert listed(client)[0]["counts"]["actor"] == 0
    assert b"muster" not in gzip.decompress(body(client.get(address)))
    for missing in ("2020-01-01", "2026-13-45", "today"):
        assert client.get(f"{DUMPS}{missing}/").status_code == 404


def test_a_dump_goes_with_a_person(client, muster, admin_user):
    from clusterportal.history.erasure import erase, find_person

    muster.description_de = "Gegründet von Ada Beispiel."
    muster.save()
    keep()
    person = Person("Ada Beispiel")
    erase(person=person, keys=find_person(person), ground="request", by=admin_user)
    assert listed(client) == []


def test_a_week_and_the_first_of_a_year_of_months_are_kept(client, muster, tmp_path):
    today = Dump.objects.get()
    about = {name: getattr(today, name) for name in ("at", "epoch", "position", "counts", "size", "sha256")}
    days = [today.date - timedelta(days=age) for age in range(1, 500)]
    for dump in Dump.objects.bulk_create(Dump(date=day, **about) for day in days):
        (tmp_path / "dumps" / dump.name).touch()
    keep()
    kept = [date.fromisoformat(dump["date"]) for dump in listed(client)]
    assert kept[:7] == [today.date - timedelta(days=age) for age in range(7)]
    assert len([day for day in kept if day.day == 1]) == 12
    assert len(kept) in (18, 19)  # the first of this month may be one of the last seven days
    assert len(list((tmp_path / "dumps").iterdir())) == len(kept)
