"""A person who only clicks: uploads a file, looks at how it is read, maps its columns, confirms."""

import pickle

import pytest
from django.urls import reverse

from clusterportal.imports.models import ImportRun
from clusterportal.tables import sandbox
from clusterportal.tables.inspection import OPERATIONS
from tests.factories import make_person


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "data"


@pytest.fixture(autouse=True)
def _read_without_a_process(request, monkeypatch):
    """Files are read here: a process for each page would take most of the time of these tests.

    The process and its limits are tried in `tables/test_limits.py`, by hostile files and by the journeys.
    """

    def results(task, **_limits):
        name, *given = pickle.loads(pickle.dumps(task))  # what comes back is nobody else's, as from a process
        yield from OPERATIONS[name](*given)

    if not request.node.get_closest_marker("real_sandbox"):
        monkeypatch.setattr(sandbox, "_results", results)


class Clicker:
    """Fills in nothing but what the page offers, and the changes that a test names."""

    def __init__(self, client, person):
        self.client, self.person, self.run = client, person, None
        client.force_login(person)

    def url(self, step: str) -> str:
        return reverse(f"admin:imports_importrun_{step}", args=[self.run.pk])

    def upload(self, path, noun: str = "actors"):
        with open(path, "rb") as file:
            response = self.client.post(reverse("admin:imports_importrun_add"), {"noun": noun, "file": file})
        if response.status_code == 302:
            self.run = ImportRun.objects.order_by("pk").last()
        return response

    def read(self, **changes):
        return self._send("read", changes, "form")

    def map(self, **changes):
        """`changes`: by heading (as keyword or dictionary `columns`), constants and the rest by name.

        Goes on through the values, as offered or with `values` (by value), when the page leads there.
        """
        page = self.client.get(self.url("columns"))
        by_title, by_value = changes.pop("columns", {}), changes.pop("values", {})
        named = {name: by_title[title] for name, title in page.context["form"].columns if title in by_title}
        response = self._send("columns", named | changes, "form")
        if response.status_code == 302 and response.url == self.url("values"):
            return self.name_values(by_value)
        return response

    def name_values(self, by_value=None, **changes):
        """Says what values stand for: `by_value`, the others as offered; `changes`: rules, by name."""
        fields = self.client.get(self.url("values")).context["form"].fields
        by_value = by_value or {}
        named = {name: by_value[field.label] for name, field in fields.items() if field.label in by_value}
        return self._send("values", named | changes, "form")

    def confirm(self, **ticks):
        response = self.client.post(self.url("confirm"), ticks)
        self.run.refresh_from_db()
        return response

    def page(self, step: str, **query):
        return self.client.get(self.url(step), query)

    def page_report(self, ending: str):
        response = self.client.get(reverse("admin:imports_importrun_report", args=[self.run.pk, ending]))
        return response.streaming_content if response.streaming else [response.content]

    def _send(self, step: str, changes: dict, form: str):
        context = self.client.get(self.url(step)).context
        forms = [context[form], *([context["keeping"]] if "keeping" in context else [])]
        data = {name: offered[name].value() for offered in forms for name in offered.fields}
        data = {name: value for name, value in data.items() if value is not None} | changes
        response = self.client.post(self.url(step), data)
        self.run.refresh_from_db()
        return response

    def errors(self, response) -> str:
        return str(response.context["form"].errors)


@pytest.fixture
def clicker(client, db):
    return Clicker(client, make_person("administrator"))


@pytest.fixture
def as_person(client, db):
    """The same for somebody else: `as_person("manager", clusters=[...])`."""
    return lambda role, **fields: Clicker(client, make_person(role, **fields))
