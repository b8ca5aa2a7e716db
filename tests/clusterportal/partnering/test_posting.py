"""Posting through the review, changing, extending, closing, expiring; followers hear of it."""

from datetime import timedelta

import pghistory.models
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clusterportal.partnering.domain import publishing, submitting
from clusterportal.partnering.domain.health import examine_expiry
from clusterportal.partnering.models import Follower, PartnerSearch
from clusterportal.review.domain import proposing, review
from clusterportal.review.models import Proposal
from tests.clusterportal.partnering.conftest import make_search, stated
from tests.factories import make_cluster, make_person


def follow(search) -> Follower:
    return Follower.objects.create(search=search, email="f@folgt.example", confirmed_at=timezone.now())


def test_what_a_representative_posts_waits_until_a_manager_publishes_it(
    seeker, speaker, cluster, outbox_of_review
):
    search = submitting.post(actor=seeker, stated=stated(), by=speaker)
    proposal = Proposal.objects.get()
    assert (search.state, str(proposal)) == ("in_review", "Partnersuche: Dienstplanung")
    assert not PartnerSearch.objects.published().exists()
    other = make_person("manager", clusters=[make_cluster("anderer")])
    with pytest.raises(PermissionDenied):
        review.accept(proposal=proposal, by=other)
    review.accept(proposal=proposal, by=make_person("manager", clusters=[cluster]))
    assert PartnerSearch.objects.published().get().published_at is not None
    [told] = outbox_of_review()
    assert told["subject"] == "Ihr Vorschlag wurde übernommen: Dienstplanung"
    assert "https://portal.example/de/partnersuche/dienstplanung/" in told["body"]


def test_a_change_of_what_is_public_waits_beside_it(search, speaker, cluster):
    wanted = stated(title_de="Neuer Titel", areas=[], layer="applied-research")
    submitting.revise(search=search, stated=wanted, by=speaker)
    proposal = Proposal.objects.get()
    search.refresh_from_db()
    assert search.title_de == "Bildverarbeitung für die Sichtprüfung 1"
    follow(search)
    review.accept(proposal=proposal, by=make_person("manager", clusters=[cluster]))
    search.refresh_from_db()
    assert (search.title_de, search.areas.count(), search.state) == ("Neuer Titel", 0, "published")
    assert [mail.kind for mail in Follower.objects.get().mails.all()] == ["changed"]


def test_turned_down_a_change_leaves_what_is_public_and_a_new_one_is_rejected(
    search, seeker, speaker, cluster
):
    manager = make_person("manager", clusters=[cluster])
    submitting.revise(search=search, stated=stated(), by=speaker)
    review.reject(proposal=Proposal.objects.get(), reason="Nein", by=manager)
    new = submitting.post(actor=seeker, stated=stated(), by=speaker)
    proposing.withdraw(proposal=Proposal.objects.open().get())
    states = dict(PartnerSearch.objects.values_list("slug", "state"))
    assert states == {search.slug: "published", new.slug: "rejected"}


def test_where_the_cluster_trusts_representatives_it_is_public_at_once(seeker, speaker, cluster):
    cluster.trusts_representatives = True
    cluster.save()
    search = submitting.post(actor=seeker, stated=stated(), by=speaker)
    submitting.revise(search=search, stated=stated(title_de="Anders"), by=speaker)
    assert list(PartnerSearch.objects.published().values_list("title_de", flat=True)) == ["Anders"]
    assert not Proposal.objects.exists()


def test_nobody_posts_for_an_actor_of_others(seeker, search):
    stranger = make_person("representative")
    with pytest.raises(PermissionDenied):
        submitting.post(actor=seeker, stated=stated(), by=stranger)
    with pytest.raises(PermissionDenied):
        submitting.revise(search=search, stated=stated(), by=stranger)
    with pytest.raises(PermissionDenied):
        publishing.close(search=search, outcome="found", by=stranger)
    with pytest.raises(PermissionDenied):
        publishing.extend(search=search, deadline=search.deadline + timedelta(days=1), by=stranger)


def test_an_actor_has_no_more_than_it_can_answer(seeker, speaker, area):
    for _number in range(submitting.MOST_OPEN):
        make_search(seeker)
    with pytest.raises(submitting.TooMany):
        submitting.post(actor=seeker, stated=stated(), by=speaker)


def test_the_job_writes_down_what_is_over_as_one_act(search, seeker):
    today = timezone.localdate()
    over, open_one = make_search(seeker, days=-1), make_search(seeker, days=0)
    follow(over)
    assert over not in PartnerSearch.objects.open_on(today)  # before the job comes, by its date
    assert open_one in PartnerSearch.objects.open_on(today)
    assert [publishing.expire_due(today=today), publishing.expire_due(today=today)] == [1, 0]
    over.refresh_from_db()
    assert over.expired_at is not None
    event = over.events.latest("pgh_id")
    said = pghistory.models.Context.objects.get(pk=event.pgh_context_id).metadata
    assert said["says"]["de"] == "Die Frist von Gesuchen und Angeboten ist abgelaufen."
    assert [mail.kind for mail in Follower.objects.get().mails.all()] == ["ended"]


def test_what_expired_is_open_again_with_a_later_deadline(seeker, speaker):
    search = make_search(seeker, days=-3)
    publishing.expire_due(today=timezone.localdate())
    with pytest.raises(ValidationError):
        publishing.extend(search=search, deadline=timezone.localdate() - timedelta(days=1), by=speaker)
    publishing.extend(search=search, deadline=timezone.localdate(), by=speaker)
    assert PartnerSearch.objects.open_on(timezone.localdate()).get() == search


def test_who_closes_it_says_what_came_of_it(search, speaker):
    follow(search)
    publishing.close(search=search, outcome="found", note="Projekt begonnen", by=speaker)
    search.refresh_from_db()
    assert (search.outcome, search.outcome_note) == ("found", "Projekt begonnen")
    assert [mail.kind for mail in Follower.objects.get().mails.all()] == ["ended"]
    publishing.close(search=search, outcome="nobody", by=speaker)  # corrected: nobody is told twice
    assert Follower.objects.get().mails.count() == 1


def test_doctor_says_when_the_job_is_late(seeker):
    make_search(seeker, days=-2)
    [line] = examine_expiry()
    assert not line.is_well and "ist schon 1 Tag vorbei" in line.sentence
    publishing.expire_due(today=timezone.localdate())
    assert [one.is_well for one in examine_expiry()] == [True]


def test_the_reviewer_reads_what_was_sent_in_and_publishes_it_there(seeker, speaker, cluster, client):
    search = submitting.post(actor=seeker, stated=stated(), by=speaker)
    client.force_login(make_person("manager", clusters=[cluster]))
    address = reverse("admin:review_proposal_change", args=[Proposal.objects.get().pk])
    page = client.get(address)
    assert "Wer führt sie ein?" in page.content.decode()
    seen = Proposal.objects.get().record
    submitting.revise(search=search, stated=stated(text_de="Anders"), by=speaker)
    assert Proposal.objects.get().record != seen  # so that the version which the reviewer saw is another one
    now = client.get(address).context["version"]
    assert client.post(address, {"act": "accept", "version": now}).status_code == 302
    assert PartnerSearch.objects.published().get().text_de == "Anders"


def test_in_the_admin_managers_write_at_once_and_editors_submit(search, seeker, cluster, client, area):
    follow(search)
    editor = make_person("editor", clusters=[cluster])
    client.force_login(editor)
    draft = make_search(seeker, state="draft", areas=[area])
    change = reverse("admin:partnering_partnersearch_change", args=[search.pk])
    assert client.post(change, {}).status_code == 403  # what everybody sees is not theirs to change
    actions = reverse("admin:partnering_partnersearch_changelist")
    client.post(actions, {"action": "publish", "_selected_action": [draft.pk]})
    client.post(actions, {"action": "submit", "_selected_action": [draft.pk]})
    draft.refresh_from_db()
    assert (draft.state, Proposal.objects.count()) == ("in_review", 1)
    client.force_login(make_person("manager", clusters=[cluster]))
    form = {
        "kind": "request",
        "actor": seeker.pk,
        "title_de": "Neu",
        "title_en": "",
        "text_de": "",
        "text_en": "",
        "slug": search.slug,
        "layer": search.layer_id,
        "areas": [area.pk],
        "deadline": "",
        "source": "",
        "outcome": "",
        "outcome_note": "",
    }
    assert client.post(change, form).status_code == 302
    assert [mail.kind for mail in Follower.objects.get().mails.all()] == ["changed"]
    assert client.post(change, form | {"outcome": "found"}).status_code == 302
    search.refresh_from_db()
    assert (search.title_de, bool(search.closed_at)) == ("Neu", True)
    assert [mail.kind for mail in Follower.objects.get().mails.order_by("pk")] == ["changed", "ended"]


def test_without_an_address_there_would_be_no_page(seeker):
    search = make_search(seeker)
    with pytest.raises(IntegrityError, match="partnersearch_has_an_address"), transaction.atomic():
        PartnerSearch.objects.filter(pk=search.pk).update(slug="")
