"""What one cluster's management keeps, no other team sees or changes: every object, list, form, search box, history,
page and endpoint is found by itself, so that a new one is asked too.
"""

import re

import pytest
from django.contrib import admin
from django.db import models
from django.forms import ModelChoiceField
from django.urls import get_resolver, reverse

from actors.models import Actor
from clusterportal.clusters import team_history
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, ClusterRecord, Release
from clusterportal.history.acts import act
from clusterportal.history.changes import _scopes as history_scopes
from clusterportal.history.changes import event_models
from clusterportal.history.models import FROZEN, current_revision
from tests.clusterportal.admin_world import HERE, THERE, World
from tests.clusterportal.management_doors import MANAGEMENT_DOORS
from tests.clusterportal.test_admin_roles import signed_in
from tests.factories import make_key, make_partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
ROOMS = {"finance", "kpis", "labels", "lifecycle", "management", "matchmaking", "network", "plans"}
ROOMS |= {"newsletters", "newsroom", "partnering"}
OF_THE_PORTAL = {"labels.criteriaset", "labels.criterion"}  # administrators alone write them
OF_THE_PORTAL |= {"newsletters.suppression"}
# Belong to an actor, and by it to the teams of its clusters; who reads the actor reads them.
OF_ACTORS = {"partnering.partnersearch", "partnering.searcharea", "partnering.searchtopic"}
WITHOUT_HISTORY = {
    "newsletters.subscription",
    "newsletters.suppression",
}  # people, whose proofs are kept beside them
# Whom else one may ask to own a plan together: that cluster agrees first.
OF_OTHERS = {("PlanOwnerForm", "plans.actionplan", "cluster")}
# What a contribution or an issue is about: clusters are known to all who work here.
OF_OTHERS |= {("ContributionForm", "newsroom.contribution", "clusters")}


@pytest.fixture
def world(chain, settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    world = World()
    for place, project in enumerate(world.records["network_cooperationproject"]):
        project.partnerships.create(actor=world.actors[place])
    for budget in world.records["finance_budget"]:
        budget.lines.create(source="services", plan=1)
    return world


def admins() -> dict[type[models.Model], admin.ModelAdmin]:
    return {
        model: one
        for model, one in admin.site._registry.items()
        if model._meta.app_label in ROOMS and model._meta.label_lower not in OF_THE_PORTAL
    }


def name_of(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def record_of(model: type[models.Model], world, place: int):
    return world.records[name_of(model)][place]


def cluster_of(record):
    """The cluster that a record belongs to, by the ways that the history knows; None for one of the portal."""
    while record is not None and not isinstance(record, Cluster):
        path, _above = team_history._kept[type(record)]
        record = getattr(record, path.removesuffix("_id"))
    return record


def test_every_record_of_a_cluster_is_asked_here(world):
    """A new model in these rooms has its admin here, a record in `admin_records.py`, and a history for its team."""
    own = {model for model in ClusterRecord.__subclasses__() if not model._meta.abstract}
    assert {one._meta.label_lower for one in own - admins().keys()} == {
        "labels.setchoice"
    }  # a tick of a release
    tracked = {kind for kind in event_models() if kind.partition(".")[0] in ROOMS} | {"clusters.release"}
    kept = {model._meta.label_lower for model in team_history._kept}
    assert tracked - kept == (OF_THE_PORTAL | OF_ACTORS) - WITHOUT_HISTORY
    for model in admins():
        if model._meta.label_lower in OF_ACTORS | WITHOUT_HISTORY:
            continue
        places = [cluster_of(record_of(model, world, place)) for place in (HERE, THERE)]
        assert places == world.clusters, model


def test_lists_exports_and_histories_hold_the_own_records_alone(world):
    manager = signed_in(world.people["m"])
    exported = 0
    for model in admins():
        name = name_of(model)
        listed = manager.get(reverse(f"admin:{name}_changelist")).context["cl"]
        assert list(listed.queryset) == [record_of(model, world, HERE)], name
        if "m" in MANAGEMENT_DOORS.get(f"{name}_export", "-"):
            table = manager.get(reverse(f"admin:{name}_export"), {"format": "json"}).getvalue().decode()
            assert '"theirs"' not in table, name
            exported += 1
    assert exported > 8
    for model in team_history._kept:
        kind = model._meta.label_lower
        versions = event_models()[kind].objects.filter(history_scopes[kind](world.people["m"]))
        assert {cluster_of_row(model, row, world) for row in versions} <= {HERE}, kind


def cluster_of_row(model, row, world) -> int:
    """Where the record of a version stands: its own cluster, or that of what it belongs to."""
    path, above = team_history._kept[model]
    key = getattr(row, path)
    while above is not None:
        path, further = team_history._kept[above]
        key, above = getattr(above._base_manager.get(pk=key), path), further
    return [one.pk for one in world.clusters].index(key)


def forms_of(page):
    """The form of a page of the admin, and those of its inlines."""
    yield page.context["adminform"].form
    for inline in page.context["inline_admin_formsets"]:
        yield inline.formset.empty_form
        yield from inline.formset.forms


def test_no_form_or_search_box_offers_what_is_another_clusters(world):
    """Whatever can be chosen in a form can be sent: the fields refuse the rest."""
    client, checked = signed_in(world.people["m"]), set()
    for model in admins():
        changed = reverse(f"admin:{name_of(model)}_change", args=[record_of(model, world, HERE).pk])
        for address in (changed, reverse(f"admin:{name_of(model)}_add")):
            page = client.get(address)
            if page.status_code != 200 or "adminform" not in page.context:
                assert "m" not in MANAGEMENT_DOORS[f"{name_of(model)}_add"]
                continue
            for form in forms_of(page):
                for name, field in form.fields.items():
                    if not isinstance(field, ModelChoiceField) or name == "id":  # the row itself: see below
                        continue
                    offered, label = field.queryset, (type(form).__name__, model._meta.label_lower, name)
                    theirs = foreign(offered.model, world)
                    if theirs is not None and label not in OF_OTHERS:
                        assert not offered.filter(pk=theirs.pk).exists(), label
                        checked.add(label)
    assert len(checked) >= 15
    asked = set()
    for model, one in admins().items():
        boxes = [(model, one.autocomplete_fields), *((i.model, i.autocomplete_fields) for i in one.inlines)]
        for owner, name in ((owner, name) for owner, fields in boxes for name in fields):
            if (owner._meta.label_lower, name) in {other[1:] for other in OF_OTHERS}:
                continue
            where = {
                "app_label": owner._meta.app_label,
                "model_name": owner._meta.model_name,
                "field_name": name,
            }
            answer = client.get("/admin/autocomplete/", where)
            theirs = foreign(owner._meta.get_field(name).related_model, world)
            rows = answer.json()["results"] if answer.status_code == 200 else []
            assert theirs is None or str(theirs.pk) not in {str(row["id"]) for row in rows}, where
            asked.add((owner, name))
    assert len(asked) >= 4


def foreign(model: type[models.Model], world):
    """A record of that model that a manager of `ours` must not reach."""
    if model is Cluster:
        return world.clusters[THERE]
    if model is Actor:
        return world.actors[THERE]  # a draft
    return record_of(model, world, THERE) if model in admins() else None


def test_nobody_takes_back_or_brings_back_what_is_another_clusters(world):
    """Neither an act of others, nor a version of a record, nor the selection of a list."""
    client, by = signed_in(world.people["m"]), world.people["a"]
    for model in admins():
        name, record, kind = name_of(model), record_of(model, world, THERE), model._meta.label_lower
        is_frozen = any(trigger.name == FROZEN for trigger in getattr(model._meta, "triggers", ()))
        if kind in WITHOUT_HISTORY:
            continue
        texts = ("is_example", "organisation", "title_de", "name_de", "subject_de")
        column = next(name for name in texts if hasattr(record, name))
        with act("form", by=by) as act_id:
            if not is_frozen:
                model._base_manager.filter(pk=record.pk).update(**{column: True})
        revision = current_revision()
        event = event_models()[kind].objects.filter(pgh_obj=record.pk).order_by("pgh_id").first()
        sent_to = [reverse("admin:history_restore", args=[kind, event.pgh_id])]
        if not is_frozen:
            sent_to.append(reverse("admin:history_undo", args=[act_id]))
        assert {client.post(address).status_code for address in sent_to} <= {403, 404}, name
        actions = client.get(reverse(f"admin:{name}_changelist")).context["action_form"]
        for code, _label in actions.fields["action"].choices if actions else ():
            if code:
                sent = {"action": code, "_selected_action": [record.pk], "post": "yes"}
                client.post(reverse(f"admin:{name}_changelist"), sent)
        assert current_revision() == revision and model._base_manager.filter(pk=record.pk).exists(), name


def test_a_row_of_another_cluster_is_not_sent_along_with_ones_own_record(world):
    """The lines of a page name their rows by key: a key of another record is nobody's."""
    client, tried = signed_in(world.people["m"]), set()
    for model in admins():
        own, other = (record_of(model, world, place) for place in (HERE, THERE))
        page = client.get(reverse(f"admin:{name_of(model)}_change", args=[own.pk]))
        if page.status_code != 200 or "adminform" not in page.context:
            continue
        for inline in page.context["inline_admin_formsets"]:
            formset = inline.formset
            row = formset.model._base_manager.filter(**{formset.fk.name: other}).first()
            if row is None or formset.fk.related_model is not model:
                continue
            before = formset.model._base_manager.filter(pk=row.pk).values().get()
            counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
            sent = {f"{formset.prefix}-{name}": value for name, value in counts.items()}
            sent |= {f"{formset.prefix}-0-id": row.pk, f"{formset.prefix}-0-{formset.fk.name}": own.pk}
            sent |= {f"{formset.prefix}-0-role": "partner", f"{formset.prefix}-0-DELETE": "on"}
            values = {
                name: page.context["adminform"].form[name].value()
                for name in page.context["adminform"].form.fields
            }
            client.post(page.request["PATH_INFO"], {k: v for k, v in values.items() if v is not None} | sent)
            assert formset.model._base_manager.filter(pk=row.pk).values().get() == before, name_of(model)
            tried.add(formset.model)
    assert len(tried) >= 3, tried


# ---------- what the public sees ----------
def addresses(prefix: str, slug: str) -> list[str]:
    """Every address below a cluster that takes nothing but its slug."""
    found = []
    for pattern in walk(get_resolver(), ""):
        if pattern.startswith(prefix) and re.findall(r"<[^>]*>", pattern) == ["<slug:slug>"]:
            found.append("/" + pattern.replace("<slug:slug>", slug))
    return sorted(set(found))


def walk(resolver, before: str):
    for pattern in resolver.url_patterns:
        text = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern, text)
        else:
            yield text


def test_what_is_not_released_is_there_for_nobody_else(world):
    """Pages and endpoints of a cluster: without a release, for anybody, another team, or a partner's key."""
    _key, headers = make_key("read", partner=make_partner())
    pages = addresses("de/cluster/", "theirs")
    endpoints = addresses("api/v1/clusters/", "theirs")
    open_to_all = {"/de/cluster/theirs/", "/de/cluster/theirs/bild.png", "/api/v1/clusters/theirs/"}
    hidden = [*pages, *endpoints]
    assert len(pages) >= 6 and len(endpoints) >= 5
    clients = [signed_in(), signed_in(world.people["m"]), signed_in(world.people["v"])]
    for address in set(hidden) - open_to_all:
        for query in ("", "?preview=1"):
            found = {client.get(address + query).status_code for client in clients}
            found.add(clients[0].get(address + query, headers=headers).status_code)
            # An endpoint knows no preview, and says so whatever stands behind it.
            assert found <= ({400, 404} if query and address in endpoints else {404}), (address, query)
    for section in Section:
        Release.objects.create(cluster=world.clusters[THERE], section=section)
    assert {clients[0].get(address).status_code for address in hidden} == {200}
