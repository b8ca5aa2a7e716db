"""What writers of a registry do at random, each act in a transaction of its own; for mirrors to follow."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.utils import timezone

from actors.models import (
    Actor,
    ActorRelation,
    ActorTopic,
    ContactPerson,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from applications.models import ApplicationArea
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster
from clusterportal.history.undo import take_back
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.quality.domain.merging import merge
from layers.models import Layer
from tests.factories import make_actor

PATIENCE = 0.5  # seconds after a failure, a killed database for one


class Writer(threading.Thread):
    """Acts until it is told to end, or `acts` times."""

    def __init__(self, seed: int, *, by: User, acts: int | None = None, pause: float = 0.0):
        super().__init__(daemon=True)
        self.chance, self.seed, self.by = random.Random(seed), seed, by
        self.left, self.pause = acts, pause
        self.is_ending = threading.Event()
        self.done: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self._imports: list = []
        self._count = 0

    def run(self) -> None:
        while not self.is_ending.is_set() and self.left != 0:
            act = self.chance.choice(ACTS)
            try:
                with transaction.atomic():
                    act(self)
                self.done[act.__name__] += 1
            except (Error, LookupError, Actor.DoesNotExist, ValidationError, AssertionError) as error:
                # What two want at once is refused to one of them; a database that was killed comes back.
                self.failed[f"{act.__name__}: {type(error).__name__}"] += 1
                if not connection.is_usable():
                    connection.close()
                    self.is_ending.wait(PATIENCE)
            self.left = None if self.left is None else self.left - 1
            self.is_ending.wait(self.pause)
        connection.close()

    # ---------- acts ----------
    def create(self) -> None:
        area, cluster = self._some(ApplicationArea.objects), self._some(Cluster.objects)
        make_actor(self._new_name(), layers=[self.chance.randint(1, 5)], areas=[area], clusters=[cluster])

    def change(self) -> None:
        actor = self._actor()
        actor.website, actor.summary_de = f"https://{self._new_name().lower()}.example", self._new_name()
        actor.save()

    def publish_or_withdraw(self) -> None:
        actor = self._actor()
        actor.state = self.chance.choice(["draft", "published", "archived"])
        actor.published_at = actor.published_at or timezone.now()
        actor.save()

    def delete(self) -> None:
        self._actor().delete()

    def merge(self) -> None:
        merge(kept=self._actor(), merged=self._actor(), choices={}, by=self.by)

    def rename_area(self) -> None:
        ApplicationArea.objects.filter(pk=self._some(ApplicationArea.objects).pk).update(
            name_de=self._new_name()
        )

    def rename_cluster(self) -> None:
        cluster = self._some(Cluster.objects)
        cluster.name_de, cluster.slug = self._new_name(), self._new_name().lower()
        cluster.save()

    def rename_layer_or_topic(self) -> None:
        one = self._some(self.chance.choice([Layer.objects, Topic.objects]))
        one.name_de = self._new_name()
        one.save()

    def hide_or_show(self) -> None:
        one = self._some(self.chance.choice([ApplicationArea.objects, Cluster.objects]))
        one.is_active = not one.is_active
        one.save()
        Membership.objects.filter(actor=self._actor()).update(is_cleared=bool(self.chance.getrandbits(1)))

    def give_or_withdraw_consent(self) -> None:
        actor = self._actor()
        if not ContactPerson.objects.filter(actor=actor).update(consent_on=None):
            today = timezone.localdate() - timedelta(days=1)
            ContactPerson.objects.create(actor=actor, name=f"Ada {self._new_name()}", consent_on=today)

    def change_parts(self) -> None:
        actor = self._actor()
        ActorTopic.objects.get_or_create(actor=actor, topic=self._some(Topic.objects))
        LayerPlacement.objects.filter(actor=self._actor()).update(note_de=self._new_name())
        Service.objects.create(actor=self._actor(), title_de=self._new_name())
        ActorTopic.objects.filter(actor=self._actor()).delete()

    def relate(self) -> None:
        one, other = self._actor(), self._actor()
        if not ActorRelation.objects.filter(source=one, target=other).delete()[0] and one != other:
            ActorRelation.objects.create(source=one, target=other, kind="supply")

    def import_table(self) -> None:
        rows = [
            {
                "name": self._new_name(),
                "kind": "company",
                "city": "Kaiserslautern",
                "layers": "basic-research",
            }
            for _number in range(self.chance.randint(5, 40))
        ]
        plan = make_plan(enumerate(rows, start=2), profile=profile("registry"), state="published")
        self._imports.append(apply_plan(plan, by=self.by))

    def take_import_back(self) -> None:
        take_back(self._imports.pop(), by=self.by)

    def change_all(self) -> None:
        Actor.objects.filter(pk__lt=self._actor().pk).update(phone=f"+49 631 {self.chance.randrange(10**6)}")

    # ---------- chance ----------
    def _new_name(self) -> str:
        self._count += 1
        return f"W{self.seed}x{self._count}"

    def _some(self, records):
        keys = list(records.order_by("pk").values_list("pk", flat=True))
        return records.get(pk=self.chance.choice(keys))  # IndexError where there are none

    def _actor(self) -> Actor:
        return self._some(Actor.objects)


ACTS: list[Callable[[Writer], None]] = [
    *[Writer.create, Writer.change, Writer.publish_or_withdraw, Writer.change_parts, Writer.relate] * 2,
    Writer.delete,
    Writer.merge,
    Writer.rename_area,
    Writer.rename_cluster,
    Writer.rename_layer_or_topic,
    Writer.hide_or_show,
    Writer.give_or_withdraw_consent,
    Writer.import_table,
    Writer.take_import_back,
    Writer.change_all,
]  # fmt: skip


def furnish() -> User:
    """Clusters, areas, topics and some actors to begin with, beside the layers; whoever acts, an administrator."""
    from tests.factories import make_area, make_cluster, make_person

    areas = [make_area(f"area-{number}", name_de=f"Feld {number}") for number in range(3)]
    clusters = [make_cluster(f"cluster-{number}") for number in range(3)]
    for number in range(4):
        Topic.objects.create(slug=f"t-{number}", name_de=f"Thema {number}", name_en=f"Topic {number}")
    for number in range(12):
        place = number % 3
        make_actor(f"Akteur {number}", layers=[place + 1], areas=[areas[place]], clusters=[clusters[place]])
    return make_person("administrator", is_superuser=True)
