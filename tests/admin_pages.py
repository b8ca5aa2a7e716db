"""The admin as a browser uses it: what an untouched page would send, a save, an action on chosen rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

ACTORS = "/admin/actors/actor/"


def form_of(client, actor) -> dict:
    """What a browser would send when the actor's page is saved untouched."""
    return form_in(client.get(reverse("admin:actors_actor_change", args=[actor.pk])))


def form_in(response) -> dict:
    """What a browser would send of a page that it was shown."""
    form = response.context["adminform"].form
    data = {name: value for name in form.fields if (value := form[name].value()) not in (None, "", False)}
    if "opened" in response.context:
        data["opened"] = response.context["opened"]
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        data |= {formset.management_form.add_prefix(k): v for k, v in formset.management_form.initial.items()}
        for part in formset.initial_forms:
            data |= {
                part.add_prefix(k): v for k in part.fields if (v := part[k].value()) not in (None, "", False)
            }
    return data


def save(client, actor, **changes):
    return client.post(
        reverse("admin:actors_actor_change", args=[actor.pk]), form_of(client, actor) | changes
    )


def run_action(client, action: str, actors, **data):
    return client.post(
        ACTORS, {"action": action, "_selected_action": [a.pk for a in actors], **data}, follow=True
    )


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
