"""A person put everywhere, in several spellings, is erased: no table and no file holds any word of the name."""

import gzip
import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ContactPerson,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from clusterportal.clusters.models import Cluster
from clusterportal.core.tasks import send_message
from clusterportal.history.acts import act
from clusterportal.history.erasure import erase, find_person, look_for
from clusterportal.history.models import Erasure
from clusterportal.history.person import Person
from clusterportal.imports.models import ImportProfile, ImportRepair, ImportRow, ImportRun
from clusterportal.pages.models import TextPage
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder
from clusterportal.review.models import Proposal, ProposalNote, Representation
from tests.factories import make_actor, make_area, make_chain, make_cluster, make_person

pytestmark = pytest.mark.django_db
ONE, TWO, MAIL, PHONE = "Dr. Xerika Zümpelmann", "Zuempelmann, Xerika", "xe.zu@zumpel.example", "0631 9988776"
SPELT = ["xerika", "zümpelmann", "zuempelmann", "zumpelmann", "xe.zu", "zumpel.example", "9988776"]
PERSON = Person("Xerika Zümpelmann", MAIL, "+49 631 9988776")
PAGE = "/admin/history/erasure/person/"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.PORTAL_DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "media"
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def tables_with(word: str) -> list[str]:
    """Every table of the database, read whole; packed sessions are unpacked."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def files_with(word: str, folder) -> list[str]:
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if content.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        texts_ = [content.decode(name, "ignore") for name in ("utf-8", "cp1252", "utf-16")]
        if any(word in text.casefold() for text in [*texts_, path.name]):
            found.append(path.name)
    return found


def workbook(*cells: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "".join(f"<si><t>{cell}</t></si>" for cell in cells))
    return file.getvalue()


def imported(name: str, content: bytes, **fields) -> ImportRun:
    run = ImportRun(file_name=name, **fields)
    run.file.save("table.csv", ContentFile(content), save=False)
    run.save()
    return run


@pytest.fixture
def everywhere(data, client):
    """The person in every place where texts of people are known to have been, and in some more."""
    layers, cluster = make_chain(), make_cluster(email=MAIL, description_de=f"Leitung: {TWO}", phone=PHONE)
    actor = make_actor(
        f"Praxis {ONE}", short_name=TWO, slug="praxis-xerika-zuempelmann", email=MAIL, phone="+49 (0)631 99 88-776",
        website="https://www.xerika-zuempelmann.example/", summary_de=f"Von {ONE} gegründet", source=f"Mail von {MAIL}",
        description_en=f"Run by {TWO}. Frau Zümpelmann speaks German.", street=f"c/o {ONE}", layers=[2],
        clusters=[cluster], areas=[make_area(description_de=f"Ansprechpartnerin: {TWO}")],
    )  # fmt: skip
    other = make_actor("Verein", description_de=f"Kontakt: {ONE}")
    Actor.objects.filter(pk=other.pk).update(description_de="Nichts mehr")  # only earlier versions name her
    Actor.objects.filter(pk=actor.pk).update(slug="zuempelmann-xerika")
    Cluster.objects.filter(pk=cluster.pk).update(claim_en=f"{ONE}'s cluster")
    Service.objects.create(actor=other, title_de=f"Beratung durch {TWO}", description_en=f"Ask {MAIL}")
    LayerPlacement.objects.create(actor=other, layer=layers[0], note_de=f"sagt {ONE}")
    ActorRelation.objects.create(
        source=actor, target=other, kind="supply", note_en=f"via {TWO}", evidence=f"https://a.example/{MAIL}"
    )
    ActorAlias.objects.create(actor=other, name=f"Büro {ONE}")
    Topic.objects.create(slug="xerika-zuempelmann-methode", name_de=f"Methode {ONE}")
    Membership.objects.filter(actor=actor).update(since="2020-01-01")
    for name, mail in ((ONE, ""), (TWO, ""), ("X. Z.", MAIL)):
        ContactPerson.objects.create(actor=other, name=name, email=mail)
    ContactPerson.objects.create(
        actor=other, name="Jemand Anderes", role_de=f"Assistenz von {TWO}", phone=PHONE
    )
    ContactPerson.objects.create(actor=(gone := make_actor("Fort")), name=TWO)
    gone.delete()
    TextPage.objects.create(
        slug="imprint", title_de="Impressum", body_de=f"Verantwortlich: **{ONE}**, <{MAIL}>"
    )

    account = make_person(
        "editor", username="xerika.zuempelmann", first_name="Xerika", last_name="Zümpelmann", email=MAIL
    )
    administrator = make_person("administrator")
    Client().force_login(account)
    with act("edit", by=account, reason=f"für {TWO}"):
        Actor.objects.filter(pk=other.pk).update(city="Halle")
    Representation.objects.create(user=account, actor=other)
    LogEntry.objects.create(
        user=administrator, content_type=ContentType.objects.get_for_model(Actor), object_id="1",
        object_repr=f"{TWO} (Akteur)", action_flag=2, change_message=f'[{{"changed": "{ONE}"}}]',
    )  # fmt: skip
    visit = Client()
    visit.force_login(administrator)
    session = visit.session
    session["draft"] = {"name": TWO}
    session.save()

    own = Proposal.objects.create(
        kind="new", name=TWO, email=MAIL.upper(), message="Hallo", record={"name": f"Firma {ONE}"}
    )
    foreign = Proposal.objects.create(
        kind="new", name="Otto Ander", email="otto@example.org", message=f"Grüße von {ONE}", reason=f"laut {TWO}",
        record={"name": "X", "contacts": [{"name": TWO, "email": ""}, {"name": "Otto Ander"}]},
        base={"summary": {"de": f"Von {ONE}", ONE: 1}}, state="rejected", decided_at=timezone.now(),
    )  # fmt: skip
    ProposalNote.objects.create(proposal=foreign, side="proposer", text=f"Fragt {ONE} oder ruft {PHONE} an.")
    ProposalNote.objects.create(proposal=own, side="reviewer", text="Danke.")
    with transaction.atomic():
        send_message.defer(subject="Hallo", body=f"Guten Tag {ONE}", to=MAIL)
        send_message.defer(subject=f"Neues von {TWO}", body="x", to="otto@example.org")
    Reminder.objects.create(actor=other, sent_at=timezone.now(), to=MAIL)
    LinkCheck.objects.create(
        actor=actor, url="https://xerika-zuempelmann.example/", status="ok", checked_at=timezone.now(),
        final_url="https://xn--x.example/~zuempelmann.xerika",
    )  # fmt: skip
    pair = DuplicatePair.objects.create(
        first=actor, second=other, score=90, reasons=[], note=f"fragen: {TWO}"
    )
    Merge.objects.create(
        kept=other, merged_uid=actor.uid, merged_slug="xerika-zuempelmann", merged_name=ONE, act=actor.uid,
        before={"name": TWO, "list": [[f"{ONE}"]]},
    )  # fmt: skip
    previewed = imported("liste.csv", b"name\nHarmlos\n")
    ImportRow.objects.create(
        run=previewed, number=2, outcome="new", title=TWO, changes=[["contacts", "", f"{ONE} {MAIL}"]]
    )
    split = imported("getrennt.csv", b"name\nHarmlos\n")
    ImportRow.objects.create(
        run=split,
        number=2,
        outcome="new",
        changes=[["Vorname", "", "Xerika"], ["Nachname", "", "Zümpelmann"]],
    )
    repaired = imported("berichtigt.csv", b"name\nHarmlos\n")
    ImportRepair.objects.create(run=repaired, number=2, heading="name", before="Harmlos", after=ONE)
    imported("xerika_zuempelmann.csv", b"name\nHarmlos\n")
    imported("dos.csv", "Vorname;Nachname\nXerika;Zümpelmann\n".encode("cp850"))
    imported("fenster.csv", f"name\n{ONE}\n".encode("utf-16"))
    imported("mappe.xlsx", workbook("Zümpelmann", "Firma", "Ort", "Anderswo", "x" * 300, "Xerika"))
    imported("gepackt.csv.gz", gzip.compress(f"name\n{TWO}\n".encode()))
    imported("andere.csv", b"name\nFirma Anders\n", message=f"Spalte „{TWO}“")
    ImportProfile.objects.create(name=f"Liste {TWO}", options={"mapping": {ONE: "name"}})

    for folder in ("reports", "imports/2020/01", "postgres/log", "media/logos"):
        (data / folder).mkdir(parents=True, exist_ok=True)
    (data / "reports" / "a.csv").write_text(f"row,column,value,reason\n2,name,{TWO},x\n")
    (data / "reports" / "Xerika Zümpelmann.csv").write_text("row\n")
    (data / "reports" / "other.csv").write_text("row,column,value,reason\n2,name,Otto,x\n")
    (data / "imports/2020/01/left.csv").write_text(f"name\n{ONE}\n")
    (data / "postgres" / "server.log").write_text(f"LOG: a\nDETAIL: row contains ({TWO}, {MAIL}).\nLOG: b\n")
    (data / "postgres/log" / "server-Thu.log").write_text(f"DETAIL: Key (email)=({MAIL}) already exists.\n")
    (data / "media/logos" / "xerika-zuempelmann.png").write_bytes(b"picture")
    Actor.objects.filter(pk=other.pk).update(logo="logos/xerika-zuempelmann.png")
    return {"administrator": administrator, "actor": actor, "other": other, "pair": pair, "account": account}


def test_a_person_put_everywhere_is_gone_from_everywhere(
    everywhere, data, client, django_capture_on_commit_callbacks
):
    assert len({table for word in SPELT for table in tables_with(word)}) > 35  # really everywhere
    assert len({file for word in SPELT for file in files_with(word, data)}) >= 8
    client.force_login(everywhere["administrator"])
    asked = {"name": "Xerika Zümpelmann", "email": MAIL, "phone": PHONE, "ground": "request"}
    page = client.post(PAGE, asked)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(PAGE, asked | {"found": [*page.context["found"].findings], "erase": "1"})
    assert done.context["failed"] == [] and done.context["found"].findings == {}
    assert {word: tables_with(word) for word in SPELT} == {word: [] for word in SPELT}
    assert {word: files_with(word, data) for word in SPELT} == {word: [] for word in SPELT}
    assert sum(Erasure.objects.get().counts.values()) == len(page.context["found"].findings)


def test_nobody_else_lost_a_word(everywhere, data):
    found = find_person(PERSON)
    erase(person=PERSON, keys=found, ground="request", by=everywhere["administrator"])
    other = everywhere["other"]
    other.refresh_from_db()
    assert (other.name, other.description_de, other.city) == ("Verein", "Nichts mehr", "Halle")
    assert list(other.contacts.values_list("name", "role_de", "phone")) == [
        ("Jemand Anderes", "Assistenz von [entfernt]", "")
    ]
    actor = Actor.objects.get(pk=everywhere["actor"].pk)
    assert (actor.name, actor.short_name, actor.slug) == (
        "Praxis [entfernt]",
        "[entfernt]",
        f"entfernt-{actor.pk}",
    )
    assert (actor.email, actor.phone, actor.website) == ("", "", "")
    assert actor.description_en == "Run by [entfernt]. [entfernt] speaks German."
    assert not actor.former_slugs.exists()
    foreign = Proposal.objects.get(email="otto@example.org")
    assert foreign.record == {"name": "X", "contacts": [{"name": "Otto Ander"}]}
    assert (foreign.message, foreign.reason) == ("Grüße von [entfernt]", "laut [entfernt]")
    assert foreign.base == {"summary": {"de": "Von [entfernt]", "[entfernt]": 1}}
    assert Service.objects.get().title_de == "Beratung durch [entfernt]"
    assert not ImportRun.objects.exists()  # each names her: in its file, its name, a row or its message
    assert (data / "reports" / "other.csv").exists()
    log = (data / "postgres" / "server.log").read_text()
    assert log.startswith("LOG: a\nDETAIL: row contains (xxx") and log.endswith("x).\nLOG: b\n")
    log = (data / "postgres" / "log" / "server-Thu.log").read_text()
    assert log == f"DETAIL: Key (email)=({'x' * len(MAIL)}) already exists.\n"


def test_what_cannot_be_read_is_named(data):
    (data / "imports").mkdir()
    (data / "imports" / "kaputt.xlsx").write_bytes(b"PK\x03\x04 broken")
    (data / "imports" / "kaputt.csv.gz").write_bytes(gzip.compress(b"x" * 5000)[:-20])
    assert look_for(PERSON).unread == ["imports/kaputt.csv.gz", "imports/kaputt.xlsx"]


def test_more_than_a_page_names_is_said(monkeypatch):
    monkeypatch.setattr("clusterportal.history.erasure.MOST_FOUND", 2)
    for number in range(3):
        make_actor(f"Firma {number}", summary_de=ONE)
    found = look_for(PERSON)
    assert (len(found.findings), found.is_cut) == (2, True)


def test_only_what_was_found_for_this_person_is_erased(db):
    """Keys of the form are no way to anybody else's records."""
    stranger = ContactPerson.objects.create(actor=make_actor(), name="Otto Ander")
    make_actor("Firma", summary_de="Otto Ander")
    _erasure, done = erase(
        person=PERSON, keys=[f"contact:{stranger.pk}", "account:1", "text:actors_actor/1", "file:secret_key"],
        ground="request", by=make_person("administrator"),
    )  # fmt: skip
    assert ContactPerson.objects.filter(pk=stranger.pk).exists() and done.rows == 0


def test_sessions_of_an_erased_account_end(db):
    account, visit = make_person("editor", username="xerika.zuempelmann"), Client()
    visit.force_login(account)
    assert visit.get("/admin/").status_code == 200
    erase(person=PERSON, keys=find_person(PERSON), ground="request", by=make_person("administrator"))
    assert visit.get("/admin/").status_code == 302
    assert timezone.now() - Erasure.objects.get().at < timedelta(minutes=5)
