"""What tests of several pages use."""

import pytest
from django.urls import reverse
from django.utils.translation import override


@pytest.fixture
def ask(client):
    """The directory in English with a query string."""

    def get(query: str = "", **headers):
        with override("en"):
            return client.get(f"{reverse('actors:actor-list')}{query}", headers=headers)

    return get
