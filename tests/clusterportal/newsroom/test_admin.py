"""Contributions in the admin: written in both languages, completed, published by steps, shown before by a link."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clusterportal.core.kept_files import take_in
from clusterportal.history.models import current_revision
from clusterportal.newsroom.domain.preview import PREVIEW
from clusterportal.newsroom.models import Contribution, File
from tests.factories import make_actor, make_area, make_cluster, make_contribution, make_person
from tests.markup import markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
ADD = "/admin/newsroom/contribution/add/"
LIST = "/admin/newsroom/contribution/"
PARTS = {f"{part}-{name}": "0" for part in ("links", "files") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def desk(client, cluster):
    client.force_login(make_person("manager", clusters=[cluster]))
    client.cookies["django_language"] = "en"
    return client


def page_of(contribution) -> str:
    return f"{LIST}{contribution.pk}/change/"


def step(client, contribution, code: str, **data) -> str:
    """Take the step; what is said then."""
    answer = client.post(f"{LIST}{contribution.pk}/step/", {"step": code, **data}, follow=True)
    return " ".join(str(one) for one in answer.context["messages"])


def local(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_a_call_is_written_with_links_and_files_told_by_their_content(desk, cluster, media):
    sent = {
        **PARTS, "kind": "call", "title_de": "Förderruf Künstliche Intelligenz",
        "lead_de": "Kurz.", "body_de": "## Was",
        "deadline": "2027-01-31", "owner_cluster": cluster.pk, "clusters": [cluster.pk],
        "areas": [make_area().pk], "actors": [make_actor(clusters=[cluster]).pk],
        "links-TOTAL_FORMS": "1", "links-0-label_de": "Zum Ruf", "links-0-url": "https://a.example.org",
        "links-0-position": "0",
        "files-TOTAL_FORMS": "1", "files-0-label_de": "Richtlinie", "files-0-position": "0",
    }  # fmt: skip
    wrong = SimpleUploadedFile("richtlinie.pdf", b"MZ program")
    refused = desk.post(f"{ADD}?kind=call", {**sent, "files-0-file": wrong})
    assert "is of a kind that is not kept here" in unescape(refused.content.decode())
    made = desk.post(f"{ADD}?kind=call", {**sent, "files-0-file": SimpleUploadedFile("Frau Dr. A.doc", PDF)})
    assert made.status_code == 302
    call = Contribution.objects.get()
    assert (call.slug, call.state, call.languages) == ("foerderruf-kuenstliche-intelligenz", "draft", ["de"])
    [file] = call.files.all()
    assert (file.name, file.media_type, file.size) == ("Frau Dr. A.pdf", "application/pdf", len(PDF))
    assert "Frau" not in file.file.name
    assert [str(link) for link in call.links.all()] == ["Zum Ruf"]

    address = reverse("contribution-file", args=[file.pk])
    kept = desk.get(address)
    assert (b"".join(kept), kept["Cache-Control"]) == (PDF, "private, no-store")
    desk.logout()
    assert desk.get(address).status_code == 404
    Contribution.objects.update(state="published")
    public = desk.get(address)
    assert public["Content-Disposition"] == 'attachment; filename="Frau Dr. A.pdf"'
    assert public["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert public["Cache-Control"] == "public, max-age=3600"
    for nothing in ("999999", "x", "9" * 5000):
        assert desk.get(reverse("contribution-file", args=[nothing])).status_code == 404

    # The link of a preview opens its own files alone.
    Contribution.objects.update(state="draft")
    other = make_contribution(state="draft")
    for one, status in ((call, 200), (other, 404)):
        token = PREVIEW.token(str(one.uid))
        assert desk.get(address, {"preview": token}).status_code == status
    assert f"{address}?preview={PREVIEW.token(str(call.uid))[:20]}" in markup_of(
        desk.get(PREVIEW.address(str(call.uid), language="de"))
    )


@pytest.mark.parametrize("lost", ["on the disk", "in the record"])
def test_a_file_that_is_lost_is_not_found(desk, media, lost):
    file = File(contribution=make_contribution())
    take_in(file, SimpleUploadedFile("richtlinie.pdf", PDF))
    file.save()
    if lost == "on the disk":
        file.file.storage.delete(file.file.name)
    else:
        File.objects.update(file="")  # as erasing a person leaves it
    assert desk.get(reverse("contribution-file", args=[file.pk])).status_code == 404


def test_event_fields_are_those_of_events_alone(desk, cluster):
    for kind, has_begin in (("event", True), ("news", False)):
        form = desk.get(f"{ADD}?kind={kind}").context["adminform"].form
        assert ("starts_at" in form.fields, "registration_url" in form.fields) == (has_begin, has_begin)
        assert form["owner_cluster"].initial == cluster.pk
    event = make_contribution(kind="event", owner_cluster=cluster)
    assert "starts_at" not in desk.get(page_of(event)).context["adminform"].form.fields


def test_what_lacks_is_said_with_a_way_to_the_field_until_it_is_mended(desk, cluster):
    draft = make_contribution("Neues", state="draft", owner_cluster=cluster)
    sentence = "The headline in German has no text yet: write a lead, or take the headline away."
    shown = unescape(desk.get(page_of(draft)).content.decode())
    assert f'<a href="#id_lead_de">{sentence}</a>' in shown
    assert step(desk, draft, "publish") == sentence
    sent = {**PARTS, "slug": "neues", "title_de": "Neues", "lead_de": "Kurz.", "owner_cluster": cluster.pk}
    desk.post(page_of(draft), sent, follow=True)
    assert step(desk, draft, "publish") == "Everybody sees it from now on."
    # What everybody sees stays complete.
    refused = desk.post(page_of(draft), {**sent, "lead_de": ""})
    assert refused.context["adminform"].form.errors == {"lead_de": [sentence]}


def test_moments_are_set_and_events_moved_by_steps(desk, cluster):
    draft = make_contribution("Neues", state="draft", owner_cluster=cluster, lead_de="Kurz.")
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    for wrong in ("gestern", "9999-12-31T23:59"):
        assert step(desk, draft, "schedule", publish_at=wrong) == "This is no moment: fill in day and time."
    assert step(desk, draft, "schedule", publish_at=local(at), expires_at="") == "The moments are set."
    draft.refresh_from_db()
    assert (draft.publish_at, draft.expires_at, draft.is_scheduled) == (at, None, True)
    event = make_contribution(kind="event", owner_cluster=cluster, place="Halle")
    step(desk, event, "move", starts_at=local(at), ends_at="")
    event.refresh_from_db()
    assert (event.starts_at, event.place, event.sequence) == (at, "Halle", 1)
    assert "is cancelled; it stays" in step(desk, event, "cancel")
    assert desk.get(f"{LIST}{event.pk}/step/").status_code == 403
    assert desk.post(f"{LIST}{event.pk}/step/", {"step": "delete"}).status_code == 403


def test_a_form_that_was_opened_before_does_not_undo_what_the_job_did(desk, cluster):
    """Neither state nor moments stand in the form, and only what it changed is written."""
    news = make_contribution("Neues", owner_cluster=cluster, lead_de="Kurz.")
    form = desk.get(page_of(news)).context["adminform"].form
    assert not {"state", "publish_at", "expires_at", "published_at"} & form.fields.keys()


def test_several_are_published_from_the_list_and_what_lacks_is_said(desk, cluster):
    ready = make_contribution("Eins", state="draft", lead_de="Kurz.", owner_cluster=cluster)
    other = make_contribution("Zwei", state="draft", owner_cluster=cluster)
    theirs = make_contribution("Drei", state="draft", lead_de="Kurz.", owner_cluster=make_cluster("theirs"))
    sent = {"action": "publish_all", "_selected_action": [ready.pk, other.pk, theirs.pk]}
    answer = desk.post(LIST, sent, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Zwei: The headline in German has no text yet: write a lead, or take the headline away.",
        "Done: 1.",
    ]
    assert [*Contribution.objects.published()] == [ready]


def test_editors_submit_and_see_no_way_to_publish(client, cluster):
    client.force_login(make_person("editor", clusters=[cluster]))
    client.cookies["django_language"] = "en"
    draft = make_contribution("Neues", state="draft", lead_de="Kurz.", owner_cluster=cluster)
    steps = client.get(page_of(draft)).context["steps"]
    assert ([code for code, _label in steps["buttons"]], steps["forms"]) == (["submit"], [])
    assert client.post(f"{LIST}{draft.pk}/step/", {"step": "publish"}).status_code == 403
    assert step(client, draft, "submit") == "It waits for review."


def test_old_versions_bring_back_texts_but_no_moments_and_only_by_who_may_publish(client, cluster):
    """What everybody sees does not vanish because an older version had a moment in the future."""
    at = timezone.now() + timedelta(days=1)
    news = make_contribution("Erst", lead_de="Kurz.", publish_at=at, owner_cluster=cluster)
    version = Contribution.pgh_event_model.objects.filter(pgh_obj=news.pk).latest("pgh_id")
    Contribution.objects.filter(pk=news.pk).update(title_de="Dann", publish_at=None)
    page = f"/admin/history/revision/restore/newsroom.contribution/{version.pk}/"
    for role, status, title in (("editor", 403, "Dann"), ("manager", 302, "Erst")):
        client.force_login(make_person(role, clusters=[cluster]))
        assert client.post(page).status_code == status
        news.refresh_from_db()
        assert (news.title_de, news.publish_at) == (title, None)


def test_the_list_asks_as_many_questions_for_three_as_for_one(desk, cluster, django_assert_max_num_queries):
    counts = []
    for number in (1, 2):
        for one in range(number):
            make_contribution(f"Nr {number}{one}", owner_cluster=cluster, clusters=[cluster])
        with django_assert_max_num_queries(25) as asked:
            assert desk.get(LIST).context["cl"].result_count == (1 if number == 1 else 3)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    for query in ("lacks=en", "lacks=de", "planned=appears", "planned=disappears"):
        assert desk.get(f"{LIST}?{query}").status_code == 200


def test_a_preview_is_seen_by_its_link_for_a_week_and_changes_nothing(client):
    draft = make_contribution("Geheim", state="draft", title_en="Secret")
    revision = current_revision()
    address = PREVIEW.address(str(draft.uid), language="en")
    shown = client.get(address)
    assert shown.status_code == 200
    assert (shown["Cache-Control"], shown["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert 'class="preview"' in shown.content.decode()
    assert current_revision() == revision
    assert client.get(address[:-3] + "x/").status_code == 404
    assert client.get("/en/news/geheim/").status_code == 404


def test_a_preview_ends(client, monkeypatch):
    draft = make_contribution("Geheim", state="draft")
    address = PREVIEW.address(str(draft.uid), language="en")
    late = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr("django.core.signing.time.time", late.timestamp)
    ended = client.get(address)
    assert ended.status_code == 410
    assert "Geheim" not in ended.content.decode()


def test_markdown_is_shown_as_a_page_to_staff_alone(desk):
    shown = desk.post("/admin/markdown/", {"text": "## Eins\n<script>x</script>"})
    assert shown.content.decode().startswith("<h2>Eins</h2>")
    assert b"<script" not in shown.content
    assert desk.get("/admin/markdown/").status_code == 405
    desk.logout()
    assert desk.post("/admin/markdown/", {"text": "x"}).status_code == 302
