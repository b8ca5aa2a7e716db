"""Members write for their actor; it waits in the review queue, and the curator's decision reaches them by mail."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from clusterportal.newsroom.domain import submitting
from clusterportal.newsroom.domain.submitting import send_in
from clusterportal.newsroom.models import Contribution
from clusterportal.review.domain import proposing
from clusterportal.review.models import Proposal, Representation
from tests.factories import make_actor, make_area, make_cluster, make_person
from tests.markup import markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
SENT = {"kind": "news", "title_de": "Neues Labor", "lead_de": "Es ist eröffnet."}


@pytest.fixture
def mails(monkeypatch):
    sent = []
    monkeypatch.setattr("clusterportal.review.domain.mails.post", lambda **mail: sent.append(mail))
    return sent


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def actor(cluster):
    return make_actor("Muster", clusters=[cluster], areas=[make_area()])


@pytest.fixture
def member(client, actor):
    person = make_person("representative", language="en")
    Representation.objects.create(user=person, actor=actor)
    client.force_login(person)
    return client


@pytest.fixture
def manager(cluster):
    client = Client()
    client.force_login(make_person("manager", clusters=[cluster]))
    client.cookies["django_language"] = "en"
    return client


def address(actor) -> str:
    return reverse("pages:contribute", args=[actor.slug])


def picture() -> SimpleUploadedFile:
    packed = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(packed, "PNG")
    return SimpleUploadedFile("Frau A.png", packed.getvalue())


def test_a_news_item_with_a_picture_is_sent_in_reworked_and_published(
    member, manager, actor, cluster, mails, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    lacking = member.post(address(actor), {**SENT, "image": picture()})
    assert lacking.status_code == 422
    assert lacking.context["form"].errors.keys() == {"image", "image_credit", "image_alt_de"}

    whole = {**SENT, "image_credit": "Foto: Muster", "image_alt_de": "Ein Labor"}
    assert member.post(address(actor), {**whole, "image": picture()}).status_code == 302
    news = Contribution.objects.get()
    assert (news.state, news.slug, news.owner_cluster, news.image_credit) == (
        "in_review", "neues-labor", cluster, "Foto: Muster",
    )  # fmt: skip
    assert ([*news.actors.all()], [*news.clusters.all()], news.areas.count()) == ([actor], [cluster], 1)
    proposal = Proposal.objects.get()
    assert (str(proposal), proposal.state) == ("Contribution: Neues Labor", "waiting")
    assert not Contribution.objects.published().exists()

    seen = re.search(
        r'href="[^"]*(/en/preview/[^"]+)"', member.get(reverse("pages:my-entries")).content.decode()
    )
    image = re.search(r'<img\s+src="([^"]+)"', Client().get(seen[1]).content.decode())[1]
    assert [Client().get(address).status_code for address in (image, image.partition("?")[0], image[:-3])] == [
        200, 404, 404,
    ]  # fmt: skip
    page = f"/admin/review/proposal/{proposal.pk}/change/"
    shown = manager.get(page)
    assert shown.context["subject_page"] == f"/admin/newsroom/contribution/{news.pk}/change/"
    assert manager.get(shown.context["subject_page"]).context["steps"]["proposal"] == page
    manager.post(page, {"act": "ask_back", "text": "Seit wann?"})
    assert "Seit wann?" in mails[-1]["body"]
    # Nothing but the queue publishes it: the member would not be told, and could write in what everybody sees.
    manager.post("/admin/newsroom/contribution/", {"action": "publish_all", "_selected_action": [news.pk]})
    Contribution.objects.update(source="Von der Redaktion")
    assert not Contribution.objects.published().exists()
    again = reverse("pages:rework-contribution", args=[news.uid])
    assert member.get(again).context["form"]["title_de"].value() == "Neues Labor"
    member.post(again, {**whole, "kind": "event", "title_de": "Neues Labor seit Mai"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.title) == ("waiting", "Neues Labor seit Mai")

    manager.post(page, {"act": "accept", "version": manager.get(page).context["version"]})
    [news] = Contribution.objects.published()
    assert (news.title, news.kind) == ("Neues Labor seit Mai", "news")
    assert (news.submitted_by, bool(news.image), news.source) == (proposal.user, True, "Von der Redaktion")
    assert mails[-1]["subject"] == "Your proposal was accepted: Neues Labor seit Mai"
    assert f"{settings.SITE_URL}/en/news/neues-labor/" in mails[-1]["body"]
    assert member.get(again).status_code == 404
    assert news.get_absolute_url() in member.get(reverse("pages:my-entries")).content.decode()


def test_the_queue_shows_a_preview_and_decides_when_it_appears(member, manager, actor, mails):
    member.post(address(actor), SENT)
    news, proposal = Contribution.objects.get(), Proposal.objects.get()
    page = f"/admin/review/proposal/{proposal.pk}/change/"
    steps = manager.get(manager.get(page).context["subject_page"]).context["steps"]
    assert Client().get(steps["previews"][0][1]).status_code == 200
    seen = manager.get(page).context["version"]
    for refused in ("gestern", "2020-01-01T10:00"):
        assert manager.post(page, {"act": "accept", "version": seen, "at": refused}).status_code == 409
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    sent = {"act": "accept", "version": seen, "at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")}
    answer = manager.post(page, sent, follow=True)
    assert "“Neues Labor” appears on" in str(next(iter(answer.context["messages"])))
    news.refresh_from_db()
    assert (news.state, news.publish_at, news.published_at) == ("published", at, None)
    assert "everybody sees it from" in mails[-1]["body"]
    shown = markup_of(member.get(reverse("pages:my-entries")))
    assert "appears on" in shown and news.get_absolute_url() not in shown


def test_what_was_sent_in_is_published_by_the_queue_alone(member, manager, actor):
    member.post(address(actor), SENT)
    news = Contribution.objects.get()
    step = f"/admin/newsroom/contribution/{news.pk}/step/"
    for sent in ({"step": "publish"}, {"step": "schedule", "publish_at": "2099-05-04T08:30"}):
        manager.post(step, sent)
    news.refresh_from_db()
    assert (news.state, news.publish_at, Proposal.objects.get().state) == ("in_review", None, "waiting")
    # Whoever opened the form before cannot write in it any more, whatever became of the proposal.
    Contribution.objects.update(state="published")
    member.post(reverse("pages:rework-contribution", args=[news.uid]), {**SENT, "title_de": "Werbung"})
    news.refresh_from_db()
    assert news.title == "Neues Labor"


def test_what_is_rejected_or_withdrawn_is_seen_by_nobody(member, manager, actor, mails):
    for title in ("Eins", "Zwei"):
        member.post(address(actor), {**SENT, "title_de": title})
    first, second = Proposal.objects.order_by("pk")
    manager.post(f"/admin/review/proposal/{first.pk}/change/", {"act": "reject", "text": "Das ist Werbung."})
    assert "Das ist Werbung." in mails[-1]["body"]
    proposing.withdraw(proposal=second)
    assert {*Contribution.objects.values_list("state", flat=True)} == {"rejected"}
    assert "Das ist Werbung." in member.get(reverse("pages:my-entries")).content.decode()


def test_what_waits_is_not_deleted_and_what_is_gone_all_the_same_can_be_rejected(
    member, manager, actor, mails
):
    member.post(address(actor), SENT)
    news, proposal = Contribution.objects.get(), Proposal.objects.get()
    page = f"/admin/review/proposal/{proposal.pk}/change/"
    deletion = manager.post(f"/admin/newsroom/contribution/{news.pk}/delete/", {"post": "yes"})
    assert (deletion.status_code, Contribution.objects.count()) == (403, 1)
    news.delete()
    version = manager.get(page).context["version"]
    assert (
        "is gone" in manager.post(page, {"act": "accept", "version": version}, follow=True).content.decode()
    )
    manager.post(page, {"act": "reject", "text": "Fort."})
    proposal.refresh_from_db()
    assert proposal.state == "rejected"


def test_events_are_complete_and_of_other_kinds_their_fields_are_left_out(member, actor):
    lacking = member.post(address(actor), {**SENT, "kind": "event"})
    assert lacking.context["form"].errors.keys() == {"event_kind", "starts_at", "place"}
    when = {"event_kind": "workshop", "starts_at": "2027-05-04T10:00", "place": "Halle"}
    for kind, organiser in (("event", actor), ("success_story", None)):
        member.post(address(actor), {**SENT, **when, "kind": kind})
        made = Contribution.objects.get(kind=kind)
        assert (made.organiser, bool(made.starts_at), made.place) == (
            organiser, bool(organiser), "Halle" if organiser else "",
        )  # fmt: skip
    assert [*Contribution.objects.values_list("slug", flat=True).order_by("pk")] == [
        "neues-labor", "neues-labor-2",
    ]  # fmt: skip
    for far in (
        {"starts_at": "0001-05-04T10:00"},
        {"starts_at": "9999-12-31T23:59"},
        {"ends_at": "3000-01-01T10:00"},
    ):
        refused = member.post(address(actor), {**SENT, **when, "kind": "event", **far})
        assert refused.context["form"].errors.keys() == far.keys()
    assert member.post(address(actor), {**SENT, "kind": "call"}).status_code == 422
    untitled = member.post(address(actor), {**SENT, "title_de": ""})
    assert untitled.context["form"].errors.keys() & {"title_de", "__all__"}


def test_nobody_writes_for_an_actor_that_they_do_not_represent(client, member, actor):
    other = make_actor("Fremd")
    assert member.get(address(other)).status_code == 404
    assert member.post(address(other), SENT).status_code == 404
    with pytest.raises(PermissionDenied):
        send_in(contribution=Contribution(**SENT), actor=actor, by=make_person("representative"))
    member.post(address(actor), SENT)
    mine = reverse("pages:rework-contribution", args=[Contribution.objects.get().uid])
    client.force_login(make_person("representative"))
    assert client.post(mine, SENT).status_code == 404
    client.logout()
    assert client.get(mine).status_code == 302


def test_what_is_being_written_is_shown_as_everybody_would_see_it_and_nothing_is_kept(member, actor):
    """The same answer with scripts and without; texts are made safe as on the page."""
    written = {
        "kind": "event", "starts_at": "2027-05-04T10:00", "title_de": "Tag", "preview": "yes",
        "body_de": "## Ablauf\n\n**Halle** <script>x</script> [a](javascript:x)", "lead_en": "What",
    }  # fmt: skip
    page = member.post(address(actor), {**written, "image": picture()})
    shown = markup_of(page).partition('id="preview"')[2].partition("</section>")[0]
    for text in (
        '<div class="prose" lang="de">',
        "<h2>Ablauf</h2>",
        "<strong>Halle</strong>",
        "What",
        "once more",
    ):
        assert text in shown
    assert "<script" not in shown and 'href="javascript' not in shown
    form = page.context["form"]
    kept = {name: form[name].value() for name in ("kind", "starts_at", "title_de", "lead_en")}
    assert kept.items() <= written.items() and not page.context["mistakes"]
    part = member.post(address(actor), written, headers={"HX-Request": "true"})
    assert markup_of(part).count("<h2>Ablauf</h2>") == 1 and "<form" not in part.content.decode()
    assert not Contribution.objects.exists()
    member.post(address(actor), SENT)
    again = reverse("pages:rework-contribution", args=[Contribution.objects.get().uid])
    assert "Nothing is written yet." in member.post(again, {"preview": "yes"}).content.decode()
    assert Contribution.objects.get().title == "Neues Labor"


def test_nobody_sends_in_more_within_a_day_than_can_be_read(member, actor, monkeypatch):
    monkeypatch.setattr(submitting, "MOST_A_DAY", 1)
    assert member.post(address(actor), SENT).status_code == 302
    refused = member.post(address(actor), SENT)
    assert refused.status_code == 429 and "Please send this one tomorrow." in refused.content.decode()
    assert Contribution.objects.count() == 1
    monkeypatch.setattr(submitting, "A_DAY", timedelta(0))  # what was sent is longer ago
    assert member.post(address(actor), SENT).status_code == 302
