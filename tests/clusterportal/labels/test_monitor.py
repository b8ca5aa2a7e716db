"""The sections of the monitor on criteria and labels: none, one, many; every figure leads to its records."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from clusterportal.labels.domain.assessing import choose_sets
from clusterportal.pages.presenters.monitor_criteria import criteria
from clusterportal.pages.presenters.monitor_labels import labels
from tests.clusterportal.labels.makers import make_label, make_set
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def shown(name: str, cluster, section: dict) -> str:
    return markup_of(
        render_to_string(f"management/monitor/_{name}.html", {"cluster": cluster, "section": section})
    )


def test_without_a_list_the_section_is_absent(chain):
    cluster = make_cluster()
    section = criteria(cluster, today=TODAY)
    assert (section["rows"], section["methods"]) == ([], [])
    assert shown("criteria", cluster, section) == ""


def test_criteria_stand_with_evidence_and_what_is_missing(chain, django_assert_num_queries):
    cluster = make_cluster()
    for number in range(3):
        make_actor(f"Institut {number}", layers=[number + 1], clusters=[cluster])
    own = make_set(
        "bw",
        {"code": "members", "rule": "members", "threshold": 12},
        {"code": "companies", "rule": "companies"},
        {"code": "layers", "rule": "layers"},
        {"code": "kinds", "rule": "kinds", "threshold": 1},
        {"code": "innovation", "kind": "manual"},
    )
    choose_sets(cluster=cluster, sets=[own], by=make_person("manager", clusters=[cluster]))
    with django_assert_num_queries(
        4
    ):  # the list, members, layers; and which layers there are, inside a transaction
        section = criteria(cluster, today=TODAY)
    html = shown("criteria", cluster, section)
    assert section["says"] == "1 erfüllt, 2 nicht erfüllt, 1 nicht erfasst."
    assert [method.anchor for method in section["methods"]] == ["criteria"]
    firms = "&amp;".join(
        ["cluster=it-cluster", *(f"kind={kind}" for kind in
         ("company", "manufacturer", "service_provider", "startup", "supplier"))]
    )  # fmt: skip
    assert f'<a href="/de/akteure/?{firms}">0 von 3</a> (mit 3 weiteren Unternehmen erfüllt)' in html
    layer = '<a href="/de/akteure/?cluster=it-cluster&amp;layer='
    assert f'Mitglieder je Ebene: {layer}basic-research">1</a>, {layer}applied-research">1</a>' in html
    assert "(2 Ebenen fehlen)" in html
    assert "3 Mitglieder, bei keinem ist eine Zusage vermerkt" in html
    assert "1 weiteres Kriterium dieser Listen beurteilen Menschen." in html


def test_labels_none_and_the_documented_case():
    cluster = make_cluster()
    empty = labels(cluster, today=TODAY)
    assert empty["says"] == "Es ist kein Label eingetragen."
    assert shown("labels", cluster, empty).count("<rect") == 3  # the signs below
    make_label(cluster, is_example=True)
    section = labels(cluster, today=TODAY)
    assert section["says"] == "ECEI Bronze gilt bis März 2027; das Fenster für Silber ist offen."
    html = shown("labels", cluster, section)
    assert html.count("<rect") == 3 + 5
    assert '<rect class="bar" x="31.0" y="9" width="238.0" height="16"/>' in html
    assert "Beispielwert" in html
    with override("en"):
        assert (
            labels(cluster, today=TODAY)["says"]
            == "ECEI Bronze is valid until March 2027; the window for Silver is open."
        )


def test_a_label_to_come_is_said():
    cluster = make_cluster()
    make_label(cluster, valid_from=date(2027, 2, 1))
    assert labels(cluster, today=TODAY)["says"] == "ECEI Bronze gilt ab Februar 2027."
