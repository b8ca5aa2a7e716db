"""Pages leave compressed; answers of the API keep their strong entity tags."""

import gzip

import pytest
from django.urls import reverse

from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_who_accepts_it(client):
    make_actor("Firma")
    plain = client.get(reverse("actors:actor-list"))
    packed = client.get(reverse("actors:actor-list"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert b"<h3><a" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 3
    assert "Accept-Encoding" in packed["Vary"]


def test_the_api_keeps_its_strong_tags(client):
    make_actor("Firma")
    answer = client.get("/api/v1/actors/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert not answer["ETag"].startswith("W/")
