"""What the domain says is compared in English; pages have the language of their address or of the cookie."""

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield
