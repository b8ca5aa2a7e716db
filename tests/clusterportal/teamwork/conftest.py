"""Two clusters, a team on the first, an actor in each; files go to a folder of the test's own."""

import pytest

from tests.factories import make_actor, make_cluster, make_person


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


class Team:
    def __init__(self):
        self.ours, self.theirs = make_cluster("ours"), make_cluster("theirs")
        self.manager = make_person("manager", clusters=[self.ours], username="kim", language="de")
        self.editor = make_person("editor", clusters=[self.ours], username="lou", language="en")
        self.stranger = make_person("manager", clusters=[self.theirs], username="pat")
        self.viewer = make_person("viewer")
        self.administrator = make_person("administrator")
        self.actor = make_actor("Optik Nord", clusters=[self.ours], email="info@optik.example")
        self.foreign = make_actor("Optik Süd", clusters=[self.theirs], email="info@sued.example")


@pytest.fixture
def team(db):
    return Team()
