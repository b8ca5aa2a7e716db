"""The world that every role of the admin looks at, and the addresses that it has."""

from uuid import uuid4

from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from actors.models import Actor, ActorRelation, TermMerge, Topic
from applications.models import ApplicationArea
from clusterportal.enquiries.models import Enquiry
from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.models import Erasure
from clusterportal.imports.domain.uploading import receive
from clusterportal.imports.models import ImportProfile
from clusterportal.pages.models import GlossaryEntry, TextPage
from clusterportal.partners.models import WebhookEndpoint
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder
from clusterportal.review.models import Proposal, Representation
from clusterportal.teamwork.domain.notes import write_note
from clusterportal.teamwork.models import Letter
from tests.clusterportal.admin_records import management_arguments, management_records
from tests.factories import make_actor, make_area, make_cluster, make_key, make_partner, make_person

STAFF = {"a": "administrator", "m": "manager", "e": "editor", "v": "viewer"}
HERE, THERE = 0, 1
HOOK = {"url": "https://a.example.org", "epoch": "-", "position": 0}


def walk(patterns, space: str = ""):
    """Each pattern with its whole name."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, below)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern


# Everything below /admin/, rooms beside the admin's own site too; of that, names stand without its space.
BELOW = [one for one in get_resolver().url_patterns if str(one.pattern).startswith("admin/")]
PATTERNS = {name.removeprefix("admin:"): pattern for name, pattern in walk(BELOW)}
BESIDE = {name for name, _pattern in walk(BELOW) if not name.startswith("admin:")}


class World:
    """One record of everything, here in the cluster whose team the people are on, and there in another."""

    def __init__(self):
        self.clusters = [make_cluster("ours"), make_cluster("theirs")]
        self.people = {code: make_person(role, clusters=self.clusters[:1]) for code, role in STAFF.items()}
        self.outside = [make_person("representative"), make_person("partner")]
        if not ApplicationArea.objects.exists():  # the demo registry has some
            make_area()
        topic = Topic.objects.create(slug="robotik", name_de="Robotik")
        merged = {"kept_key": topic.pk, "merged_key": 0, "act": uuid4()}
        TermMerge.objects.create(noun="topic", kept_name="Robotik", merged_name="R", **merged)
        TextPage.objects.create(slug="probe", title_de="Probe", body_de="-")
        GlossaryEntry.objects.create(slug="probe", term_de="Probe")
        Group.objects.create(name="Probe")
        Erasure.objects.create(ground="request")
        ImportProfile.objects.create(name="Probe")
        make_key()
        self.actors, self.others = ([self.make_actor(place) for place in (HERE, THERE)] for _twice in "ab")
        self.acts = [self.act_on(actor) for actor in self.actors]
        pairs = list(zip(self.actors, self.others, strict=True))
        notes = [self.make_note(actor) for actor in self.actors]
        self.attachments = [note.attachments.get() for note in notes]
        now = timezone.now()
        self.records = {
            "actors_actor": self.actors,
            "clusters_cluster": self.clusters,
            "actors_actorrelation": [
                ActorRelation.objects.create(source=a, target=b, kind="supply") for a, b in pairs
            ],
            "quality_duplicatepair": [
                DuplicatePair.objects.create(first=a, second=b, score=90) for a, b in pairs
            ],
            "quality_linkcheck": [
                LinkCheck.objects.create(
                    actor=a, url="https://a.example.org", status="broken", checked_at=now
                )
                for a in self.actors
            ],
            "quality_reminder": [Reminder.objects.create(actor=a, sent_at=now) for a in self.actors],
            "quality_merge": [
                Merge.objects.create(
                    kept=a, merged_uid=b.uid, merged_slug="weg", merged_name="Weg", act=b.uid
                )
                for a, b in pairs
            ],
            "review_proposal": [
                Proposal.objects.create(
                    kind="change",
                    actor=a,
                    record={"city": "Halle"},
                    state="waiting",
                    waiting_since=now,
                )
                for a in self.actors
            ],
            "review_representation": [
                Representation.objects.create(user=self.outside[0], actor=a) for a in self.actors
            ],
            "imports_importrun": [
                receive(
                    SimpleUploadedFile("a.csv", b"name;kind\nA;company\n"),
                    noun="actors",
                    by=self.people[code],
                )
                for code in "ma"
            ],
            "teamwork_note": notes,
            "partners_webhookendpoint": [WebhookEndpoint.objects.create(partner=make_partner(), **HOOK)] * 2,
            **management_records(self.clusters),
            "enquiries_enquiry": [Enquiry.objects.create(actor=a) for a in self.actors],
            "teamwork_letter": [
                Letter.objects.create(
                    ticket=uuid4(), subject="Probe", text="-", by=self.people[code], reply_to="a@example.org"
                )
                for code in "ma"
            ],
        }

    def make_note(self, actor: Actor):
        file = SimpleUploadedFile("a.txt", b"x")
        return write_note(actor=actor, by=self.people["a"], text="Probe", uploads=[file])

    def make_actor(self, place: int) -> Actor:
        return make_actor(clusters=[self.clusters[place]], layers=[1], state="draft")

    def act_on(self, actor: Actor):
        with act("bulk", by=self.people["a"]) as act_id:
            actor.placements.update(basis="both")
        return act_id

    def addresses(self, name: str) -> list[str]:
        """The address itself, or one for a record here and one for a record there."""
        pattern = PATTERNS[name].pattern
        wanted = list(pattern.converters) or [*pattern.regex.groupindex]
        whole = name if name in BESIDE else f"admin:{name}"
        if not wanted:
            return [reverse(whole)]
        return [reverse(whole, kwargs=self.arguments(name, wanted, place)) for place in (HERE, THERE)]

    def arguments(self, name: str, wanted: list[str], place: int) -> dict:
        if name == "history_restore":
            event = event_models()["actors.actor"].objects.filter(pgh_obj=self.actors[place].pk).first()
            return {"kind": "actors.actor", "event_id": event.pgh_id}
        if name == "history_undo":
            return {"act_id": self.acts[place]}
        if name == "quality_duplicatepair_merge":
            return {"first": self.actors[place].pk, "second": self.others[place].pk}
        if name in ("actors_termmerge_merge", "actors_termmerge_move"):
            return {"noun": "topic", "pk": Topic.objects.get(slug="robotik").pk}
        if name in ("quality_duplicatepair_choose", "quality_duplicatepair_look", "teamwork_note_of"):
            return {"pk": self.actors[place].pk}
        if name.startswith("teamwork_note_file"):
            return {"pk": self.attachments[place].pk}
        if name in BESIDE:
            return {"format": "csv"} if "format" in wanted else {"pk": 1}
        if name == "app_list":
            return {"app_label": "actors"}
        return management_arguments(name, wanted, self.record(name, place))

    def record(self, name: str, place: int):
        for prefix, records in self.records.items():
            if name.startswith(f"{prefix}_"):
                return records[place]
        if name == "auth_user_password_change":
            return self.people["v"]
        model = next(
            model
            for model in admin.site._registry
            if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
        )
        return model._default_manager.first()
