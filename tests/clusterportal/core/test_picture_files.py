"""The files of pictures by night, and who may see them by day."""

import os
import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.picture_files import forget_unused_pictures, renew_old_pictures, tidy_pictures
from tests.clusterportal.core.test_pictures import files, packed, upload
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db
RANDOM = re.compile(r"[0-9a-f]{32}\.png")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def age(folder, days: int) -> None:
    """As if all files had been written so long ago."""
    for file in files(folder):
        os.utime(folder / file, (time.time() - days * 86400,) * 2)


# ---------- by night ----------
def test_a_picture_with_a_name_from_home_gets_a_random_one_and_loses_what_the_camera_wrote(media):
    exif = Image.Exif()
    exif[0x010E] = "at home"
    (media / "logos").mkdir()
    (media / "logos/firma-x.png").write_bytes(packed(exif=exif))
    (media / "logos/kaputt.png").write_bytes(b"kaputt")
    actor, broken = make_actor(logo="logos/firma-x.png"), make_actor(logo="logos/kaputt.png")
    make_actor(logo="logos/verloren.png")
    assert renew_old_pictures() == 1
    actor.refresh_from_db(), broken.refresh_from_db()
    assert RANDOM.fullmatch(actor.logo.name.removeprefix("logos/"))
    assert b"at home" not in (media / actor.logo.name).read_bytes()
    assert broken.logo.name == "logos/kaputt.png"
    assert renew_old_pictures() == 0


def test_what_no_record_shows_goes_after_a_month(media):
    actor = make_actor(logo=upload(packed()))
    other = make_actor(logo=upload(packed()))
    old = actor.logo.name
    actor.logo = upload(packed())
    actor.save()
    other.delete()
    age(media, 100)
    tidy_pictures()
    kept = {file for file in files(media) if "/sizes/" not in file}
    assert kept == {old, actor.logo.name, other.logo.name}  # let go today: a change can be taken back
    assert {file.split("/")[-1].rsplit(".", 2)[0] for file in files(media) if "/sizes/" in file} == {
        actor.logo.name.removeprefix("logos/")
    }
    assert forget_unused_pictures(timedelta(0)) == 2
    assert {file for file in files(media) if "/sizes/" not in file} == {actor.logo.name}


def test_a_file_that_a_form_has_just_written_is_left_alone(media):
    (media / "logos").mkdir()
    (media / "logos/new.png").write_bytes(packed())
    make_actor()
    assert forget_unused_pictures() == 0
    age(media, 31)
    assert forget_unused_pictures() == 1


# ---------- by day ----------
@pytest.fixture
def shown(client):
    """Status and caching of a picture and of its copy."""

    def ask(record):
        answers = [client.get(record.logo.url), client.get(record.logo.storage.url(_copy(record)))]
        assert len({(one.status_code, one.get("Cache-Control")) for one in answers}) == 1
        return answers[0].status_code, answers[0].get("Cache-Control")

    return ask


def _copy(record) -> str:
    folder, name = record.logo.name.split("/")
    return f"{folder}/sizes/{name}.32x32.webp"


@pytest.mark.parametrize("make", [make_actor, make_cluster], ids=["actor", "cluster"])
def test_only_published_records_show_their_pictures(client, shown, make):
    record = make(logo=upload(packed()))
    assert shown(record) == (200, "public, max-age=3600")
    for state in ("draft", "in_review", "rejected", "archived"):
        type(record).objects.filter(pk=record.pk).update(state=state)
        assert shown(record)[0] == 404, state
    client.force_login(make_person("administrator"))
    assert shown(record) == (200, "private, no-store")
    client.force_login(make_person("representative"))
    assert shown(record)[0] == 404


def test_the_staff_see_pictures_of_what_they_work_with(client, shown):
    actor = make_actor(logo=upload(packed()), state="draft", clusters=[mine := make_cluster()])
    client.force_login(make_person("editor", clusters=[mine]))
    assert shown(actor)[0] == 200
    client.force_login(make_person("editor", clusters=[make_cluster("other")]))
    assert shown(actor)[0] == 404


def test_a_replaced_picture_is_gone_for_everybody_at_once(client):
    actor = make_actor(logo=upload(packed()))
    old = actor.logo.url
    actor.logo = upload(packed())
    actor.save()
    assert (client.get(old).status_code, client.get(actor.logo.url).status_code) == (404, 200)


def test_a_picture_is_one_question_to_the_database(client, django_assert_num_queries):
    actor = make_actor(logo=upload(packed()))
    with django_assert_num_queries(1):
        assert client.get(actor.logo.url).status_code == 200


def test_scripts_of_other_origins_may_read_public_pictures_alone(client):
    actor = make_actor(logo=upload(packed()))
    assert client.get(actor.logo.url).headers["Access-Control-Allow-Origin"] == "*"
    Actor.objects.update(state="draft")
    client.force_login(make_person("administrator"))
    hidden = client.get(actor.logo.url)
    assert (hidden.status_code, "Access-Control-Allow-Origin" in hidden.headers) == (200, False)


def test_a_file_that_is_not_of_a_record_has_no_address(client, media):
    (media / "secret.txt").write_text("secret")
    actor = make_actor(logo=upload(packed()))
    Actor.objects.filter(pk=actor.pk).update(logo="../secret.txt")
    for path in ("secret.txt", "../secret.txt", "%2e%2e/secret.txt", "logos/../secret.txt", "logos/"):
        assert client.get(f"/media/{path}").status_code == 404


# ---------- clusters ----------
def test_a_picture_of_a_cluster_goes_through_the_same_check(client, media):
    exif = Image.Exif()
    exif[0x010E] = "GPSSECRET"
    cluster = make_cluster()
    client.force_login(make_person("administrator"))
    url = reverse("admin:clusters_cluster_change", args=[cluster.pk])
    form = client.get(url).context["adminform"].form
    sent = {name: "" if form.initial.get(name) is None else form.initial[name] for name in form.fields} | {
        f"team-{name}_FORMS": count for name, count in (("TOTAL", 0), ("INITIAL", 0))
    }  # fmt: skip
    refused = [
        upload(packed("GIF") + b"<script>", "logo.png"), upload(packed(), "logo.svg"),
        upload(packed(size=(12000, 12000), mode="1")), upload(packed() + b"x" * 2 * 1024 * 1024),
    ]  # fmt: skip
    for file in refused:
        page = client.post(url, sent | {"logo": file})
        assert page.status_code == 200 and page.context["adminform"].form.errors.keys() == {"logo"}
    assert (
        client.post(url, sent | {"logo": upload(packed("JPEG", exif=exif), "Erika.jpg")}).status_code == 302
    )
    name = Cluster.objects.get().logo.name
    assert re.fullmatch(r"clusters/[0-9a-f]{32}\.jpg", name)
    assert b"GPSSECRET" not in (media / name).read_bytes()
