"""The admin: composing, preview, test mail, schedule and progress; proofs; teams stay among themselves."""

from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from clusterportal.core.models import Standstill
from clusterportal.newsletters.domain import outbox, trial_mail
from clusterportal.newsletters.domain.attention import examine
from clusterportal.newsletters.models import Issue, MailingList, Subscription
from tests.clusterportal.newsletters.makers import (
    make_issue,
    make_list,
    make_reader,
    make_readers,
    make_scheduled,
)
from tests.factories import make_cluster, make_contribution, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, cluster):
    person = make_person("manager", clusters=[cluster], email="chefin@portal.example")
    client.force_login(person)
    return person


def items(number: int, **fields) -> dict:
    head = {"items-TOTAL_FORMS": str(number), "items-INITIAL_FORMS": "0"}
    return head | {f"items-{name}": value for name, value in fields.items()}


def desk(issue) -> str:
    return reverse("admin:newsletters_issue_sending", args=[issue.pk])


def test_an_issue_is_composed_previewed_tried_and_scheduled(client, manager, cluster, own_list):
    make_readers(own_list, ["a@leser.example", "b@leser.example"])
    news = make_contribution("Meldung", lead_de="Vorspann")
    draft = make_contribution("Entwurf", state="draft")
    add = reverse("admin:newsletters_issue_add")
    page = markup_of(client.get(add))
    assert ": Meldung</option>" in page and ": Entwurf</option>" not in page
    sent = {"title_de": "Zwei Lücken", "cluster": str(cluster.pk), "introduction_de": "Guten Tag"}
    refused = client.post(add, sent | items(1, **{"0-contribution": str(draft.pk), "0-position": "1"}))
    assert refused.status_code == 200 and Issue.objects.count() == 0
    client.post(add, sent | items(1, **{"0-contribution": str(news.pk), "0-position": "1"}))
    issue = Issue.objects.get()
    assert (issue.slug, issue.items.get().contribution) == ("zwei-luecken", news)

    page = markup_of(client.get(desk(issue)))
    assert "Heute würden es 2 Adressen erhalten." in page
    preview = client.get(reverse("admin:newsletters_issue_preview", args=[issue.pk, "de", "html"]))
    assert (
        "Vorspann" in preview.content.decode()
        and "style-src 'unsafe-inline'" in preview["Content-Security-Policy"]
    )
    assert "script-src 'none'" in preview["Content-Security-Policy"]
    text = client.get(
        reverse("admin:newsletters_issue_preview", args=[issue.pk, "de", "txt"])
    ).content.decode()
    assert "Vorspann" in text and "<" not in text
    for language, kind in (("en", "html"), ("de", "pdf")):
        assert (
            client.get(
                reverse("admin:newsletters_issue_preview", args=[issue.pk, language, kind])
            ).status_code
            == 404
        )

    trial_mail.send_test(
        issue=issue.pk, language="de", to=manager.email, key="0b2f0c3e-1a70-4f7e-8a34-2c1a9a6f6f3a"
    )
    [test] = outgoing.outbox
    assert (test.to, test.subject) == (["chefin@portal.example"], "Probe: Clusterregister: Zwei Lücken")
    assert test.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    client.post(desk(issue), {"do": "schedule", "at_0": "", "at_1": ""})
    issue.refresh_from_db()
    assert (issue.state, issue.released_by) == ("scheduled", manager)
    assert client.get(reverse("admin:newsletters_issue_change", args=[issue.pk])).status_code == 200
    change = client.post(reverse("admin:newsletters_issue_change", args=[issue.pk]), sent | items(0))
    assert change.status_code == 403  # what is on its way stays as it is
    assert outbox.run() == 2
    assert "2 / 2" in markup_of(client.get(desk(issue)))


def test_the_unclear_ones_are_listed_and_go_out_only_when_a_person_ticks_them(
    client, manager, cluster, own_list
):
    make_readers(own_list, ["a@leser.example", "b@leser.example", "c@leser.example"])
    issue = make_scheduled(cluster)
    outbox.run()
    lost = list(issue.mails.order_by("to")[:2])
    issue.mails.filter(pk__in=[one.pk for one in lost]).update(state="unclear", sent_at=None)
    from clusterportal.core.models import Delivery

    Delivery.objects.filter(key__in=[one.key for one in lost]).delete()
    long_ago = timezone.now() - timedelta(days=1)
    issue.mails.filter(to="c@leser.example").update(state="sending", claimed_at=long_ago)
    page = markup_of(client.get(desk(issue)))
    assert issue.mails.filter(state="sending").update(state="sent") == 1  # who looks changes nothing
    assert 'aria-label="a@leser.example"' in page and 'aria-label="c@leser.example"' not in page
    assert "Newsletter, über die zu entscheiden ist" in markup_of(client.get("/admin/?overview=1"))
    outgoing.outbox.clear()
    assert outbox.run() == 0
    client.post(desk(issue), {"do": "again", "mail": [lost[0].pk, "unsinn"]})
    assert outbox.run() == 1 and [one.to for one in outgoing.outbox] == [["a@leser.example"]]
    assert client.post(desk(issue), {"do": "unsinn"}).status_code == 404


def test_teams_and_editors_reach_no_further_than_they_may(client, manager, cluster):
    foreign = make_cluster("fremd")
    there, of_portal = make_issue(foreign), make_issue()
    reader = make_reader(make_list(foreign))
    for path in (
        desk(there),
        desk(of_portal),
        reverse("admin:newsletters_issue_preview", args=[there.pk, "de", "html"]),
    ):
        assert client.get(path).status_code == 404
    assert client.get(reverse("admin:newsletters_subscription_change", args=[reader.pk])).status_code == 404
    assert reader.email not in markup_of(client.get(reverse("admin:newsletters_subscription_changelist")))
    add = reverse("admin:newsletters_mailinglist_add")
    form = {"name": "Alle", "slug": "alle", "language": "de", "cluster": ""}
    assert (
        client.post(add, form).status_code == 200 and MailingList.objects.count() == 1
    )  # none for the portal
    client.post(add, form | {"cluster": str(cluster.pk)})
    assert MailingList.objects.count() == 2
    assert client.get(reverse("admin:newsletters_suppression_changelist")).status_code == 403
    assert client.post(reverse("admin:newsletters_issue_allow")).status_code == 403

    own, mine = make_issue(cluster), make_list(cluster, "en")
    own.mails.create(list=mine, to="ada@leser.example", state="unclear")
    assert "ada@leser.example" in markup_of(client.get(desk(own)))
    client.force_login(make_person("editor", clusters=[cluster]))
    page = client.get(desk(own))
    assert page.status_code == 200 and "ada@leser.example" not in markup_of(page)
    assert client.post(desk(own), {"do": "schedule", "at_0": "", "at_1": ""}).status_code == 403
    assert client.get(reverse("admin:newsletters_subscription_changelist")).status_code == 403


def test_who_agreed_to_one_list_never_gets_another_instead(client, manager, cluster, own_list):
    other = make_cluster("zweiter")
    client.force_login(make_person("manager", clusters=[cluster, other]))
    path = reverse("admin:newsletters_mailinglist_change", args=[own_list.pk])
    form = {"name": "Neu", "slug": own_list.slug, "language": "en", "cluster": str(other.pk)}

    def moved() -> tuple:
        assert client.post(path, form).status_code == 302
        own_list.refresh_from_db()
        return own_list.name, own_list.cluster, own_list.language

    make_reader(own_list)
    assert moved() == ("Neu", cluster, "de")
    Subscription.objects.all().delete()
    assert moved() == ("Neu", other, "en")  # nobody reads it yet


def test_the_proof_of_a_person_is_whole_and_the_team_unsubscribes_on_request(client, manager, own_list):
    reader = make_reader(own_list, "ada@leser.example")
    path = reverse("admin:newsletters_subscription_change", args=[reader.pk])
    page = markup_of(client.get(path))
    for words in (
        "Ja, ich will.",
        "https://portal.example/de/newsletter/",
        "Bestätigt",
        "Nachweis der Einwilligung",
    ):
        assert words in page
    client.post(path)
    reader.refresh_from_db()
    assert reader.ended_by == "team"
    assert "Gesperrt, gelöscht am" in markup_of(client.get(path))
    changelist = reverse("admin:newsletters_subscription_changelist")
    assert reader.email not in markup_of(client.get(changelist))
    assert reader.email in markup_of(client.get(changelist, {"ended": "1"}))
    assert Subscription.objects.count() == 1


def test_after_a_restore_an_administrator_allows_sending(client, manager, cluster):
    Standstill.objects.create(pk=1, since=timezone.now())
    tried = client.post(desk(make_issue(cluster)), {"do": "test", "language": "de"}, follow=True)
    assert "wiederhergestellt" in str(next(iter(tried.context["messages"])))
    changelist = reverse("admin:newsletters_issue_changelist")
    page = markup_of(client.get(changelist))
    assert "aus einer Sicherung wiederhergestellt" in page and "Versand erlauben" not in page
    client.force_login(make_person("administrator"))
    assert "Versand erlauben" in markup_of(client.get(changelist))
    client.post(reverse("admin:newsletters_issue_allow"))
    assert Standstill.objects.count() == 0


def test_doctor_names_what_waits_for_a_person(cluster, own_list):
    assert list(examine()) == []
    make_reader(own_list)
    make_scheduled(cluster)
    outbox.run()
    Issue.objects.update(state="held", hold_reason="late")
    Standstill.objects.create(pk=1)
    with override("en"):
        assert [line.sentence.split(":")[0] for line in examine()] == [
            "Restored from a backup",
            "Issues of newsletters that are held",
        ]
