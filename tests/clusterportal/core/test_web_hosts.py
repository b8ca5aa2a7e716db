"""The host of a web address is the same in Python and in the database."""

import pytest
from django.db.models import Value

from actors.models import Actor
from clusterportal.core.functions import Host
from clusterportal.core.web_hosts import host_of
from tests.factories import make_actor


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Example.org/a?b#c", "example.org"),
        ("HTTP://WWW.example.org:8080", "example.org"),
        ("https://me:secret@sub.example.org/@here", "sub.example.org"),
        ("https://example.org?www.", "example.org"),
        ("https://www.de/", "de"),
        ("example.org", ""),
        ("", ""),
    ],
)
def test_a_host_is_one_wherever_it_is_read(address, host):
    make_actor("Alpha")
    assert host_of(address) == host
    assert (Actor.objects.values_list(Host(Value(address)), flat=True).get() or "") == host
