"""The demo registry has news that public sources carry; everything else is marked as an example."""

from pathlib import Path

import pytest
from django.conf import settings

from clusterportal.intake.registry_files import load_registry
from clusterportal.newsroom.domain.readiness import lacks_of
from clusterportal.newsroom.models import Contribution

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"


def test_what_is_no_example_names_its_source_and_loading_twice_changes_nothing():
    load_registry(FOLDER)
    contributions = Contribution.objects.published()
    assert contributions.filter(is_example=False).count() == 4
    for one in contributions:
        assert one.is_example or one.source.startswith("https://"), one
        assert lacks_of(one) == [], one
        assert one.announced_at == one.published_at
    assert [one.slug for one in contributions.of_kind("event").filter(is_example=False)] == []
    assert load_registry(FOLDER, tables=["contributions"]) == {"contributions": (0, 0)}
