"""Proposals as visitors make them, and the mails that the worker would send."""

import time

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.core.tasks import send_message
from tests.factories import make_area, make_cluster


@pytest.fixture
def cluster(chain):
    """A published cluster, with the five layers and one area around it."""
    make_area()
    return make_cluster(name_de="IT-Cluster")


@pytest.fixture
def outbox(db, settings):
    """`outbox()` does the mail jobs that were deferred since the last call and returns what went out."""
    settings.SITE_URL = "https://portal.example.org"
    done = set()

    def deliver():
        mail.outbox.clear()
        for job in ProcrastinateJob.objects.filter(task_name="core.send_message").order_by("pk"):
            if job.pk not in done:
                done.add(job.pk)
                send_message(**job.args)
        return list(mail.outbox)

    return deliver


@pytest.fixture
def path_in():
    """The path of the link that stands in a mail on the line that holds `part`."""

    def found(message, part: str = "https://") -> str:
        line = next(
            line for line in message.body.splitlines() if line.startswith("https://") and part in line
        )
        return line.removeprefix("https://portal.example.org")

    return found


@pytest.fixture
def fill(client, monkeypatch):
    """`fill(view, *args, changes)` opens a form and sends it as a browser would, some seconds later."""

    def sent(view: str, *args, wait: float = 10, **changes):
        address = reverse(view, args=args)
        page = client.get(address)
        assert page.status_code == 200, page
        data = form_data(page.context)
        now = time.time()
        monkeypatch.setattr("clusterportal.pages.forms.guard.time.time", lambda: now + wait)
        response = client.post(address, data | changes, headers={}, REMOTE_ADDR="9.9.9.9")
        monkeypatch.undo()
        return response

    return sent


def form_data(context) -> dict:
    """What an untouched form sends."""
    if "forms" in context:
        forms = context["forms"]
        every, guard = [form for form in forms.all_forms if form is not forms.guard], forms.guard
        sets = [forms.services, forms.contacts]
    else:
        every, guard, sets = [context["you"]], context["guard"], []
    data = {"opened": guard.token}
    for formset in sets:
        data |= {formset.management_form.add_prefix(k): v for k, v in formset.management_form.initial.items()}
    for form in every:
        for field in form:
            value = field.value()
            if value is None or value is False or value in ("", []):  # but 0, which a browser sends
                continue
            data[field.html_name] = "on" if value is True else value
    return data
