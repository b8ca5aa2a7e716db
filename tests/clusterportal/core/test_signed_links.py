"""Links that prove who received them."""

from datetime import timedelta

import pytest
from django.core import signing

from clusterportal.core.signed_links import BadLink, ExpiredLink, SignedLink, absolute

LINK = SignedLink("pages:verify", salt="test.one", valid_for=timedelta(days=7))


@pytest.mark.parametrize("site", ["https://portal.example", "https://portal.example/"])
def test_an_address_is_whole_and_in_the_language_of_the_reader(settings, site):
    settings.SITE_URL = site
    assert absolute("/de/impressum/") == "https://portal.example/de/impressum/"
    german, english = (LINK.address(7, language=language) for language in ("de", "en"))
    assert german.startswith("https://portal.example/de/stimmt-noch/")
    assert english.startswith("https://portal.example/en/")
    assert [LINK.key(address.rstrip("/").rpartition("/")[2]) for address in (german, english)] == [7, 7]


@pytest.mark.parametrize("key", [7, "3f2504e0-4f89-41d3-9a0c-0305e82c3301"])
def test_a_link_names_what_was_signed(key):
    assert LINK.key(LINK.token(key)) == key


def test_a_link_of_another_kind_or_key_is_bad(settings):
    token = LINK.token(7)
    other = SignedLink("pages:verify", salt="test.other")
    for link, changed in ((other, token), (LINK, f"{token}x"), (LINK, "nothing"), (LINK, "")):
        with pytest.raises(BadLink) as refused:
            link.key(changed)
        assert refused.type is BadLink
    settings.SECRET_KEY = "another"
    with pytest.raises(BadLink):
        LINK.key(token)


@pytest.mark.parametrize(("valid_for", "is_valid"), [(timedelta(days=7), False), (None, True)])
def test_a_link_may_end(monkeypatch, valid_for, is_valid):
    link = SignedLink("pages:verify", salt="test.one", valid_for=valid_for)
    token = link.token(7)
    written = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: written + 7 * 86400 + 1)
    if is_valid:
        assert link.key(token) == 7
    else:
        with pytest.raises(ExpiredLink):
            link.key(token)
