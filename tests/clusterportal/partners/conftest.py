"""A receiver of webhooks on this machine, which the setting for tests opens."""

import pytest

from clusterportal.partners.domain.sequencing import sequence
from tests.clusterportal.partners.receiver import receiving


@pytest.fixture
def receiver(db, settings):
    settings.WEBHOOKS_TO_LOOPBACK, settings.SITE_URL = True, "https://portal.example"
    sequence()
    with receiving() as server:
        yield server
