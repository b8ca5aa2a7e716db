"""The database refuses nonsense, whoever writes it. Every constraint of the registry is broken once here."""

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    TermMerge,
    Topic,
    TopicLink,
    TopicSynonym,
)
from applications.models import ApplicationArea, AreaSynonym
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster, Release, TeamMember
from clusterportal.history.models import Erasure, Revision, VersionLoss
from layers.models import Layer
from tests.factories import make_actor, make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(chain):
    area, cluster, topic = make_area(), make_cluster(), Topic.objects.create(slug="optics", name_de="Optik")
    one, two = make_actor("Eins"), make_actor("Zwei")
    Identifier.objects.create(actor=one, scheme="ror", value="019hjw009")
    ActorRelation.objects.create(source=one, target=two, kind="cooperation")
    LayerPlacement.objects.create(actor=one, layer=chain[0], is_primary=True)
    ApplicationFocus.objects.create(actor=one, area=area)
    Membership.objects.create(actor=one, cluster=cluster)
    ActorTopic.objects.create(actor=one, topic=topic)
    TopicSynonym.objects.create(topic=topic, name="Lichttechnik")
    AreaSynonym.objects.create(area=area, name="MedTech")
    broader = Topic.objects.create(slug="physics", name_de="Physik")
    TopicLink.objects.create(topic=topic, broader=broader)
    ActorAlias.objects.create(actor=one, name="Uno")
    return {
        "chain": chain, "area": area, "cluster": cluster, "topic": topic, "one": one, "two": two,
        "person": make_person("manager"), "broader": broader,
    }  # fmt: skip


def actor(**fields):
    return lambda world: Actor.objects.bulk_create(
        [Actor(**{"name": "X", "slug": "x", "kind": "company"} | fields)]
    )


def relation(**fields):
    def act(world):
        ends = {"source": world["one"], "target": world["two"]}
        ends |= {name: world[value] for name, value in fields.items() if name in ends}
        rest = {name: value for name, value in fields.items() if name not in ends}
        ActorRelation.objects.create(**ends, **{"kind": "research"} | rest)

    return act


BREAKS = {
    "layer_position_1_to_5": lambda world: Layer.objects.create(position=6, slug="six", name_de="Sechs"),
    "actor_has_a_name": actor(name=""),
    "actor_has_an_address": actor(slug=""),
    "actor_kind_known": actor(kind="club"),
    "actor_state_known": actor(state="hidden"),
    "actor_size_known": actor(size="huge"),
    "actor_location_accuracy_known": actor(location_accuracy="near", latitude=50.0, longitude=8.0),
    "actor_accuracy_only_of_coordinates": actor(location_accuracy="town"),
    "actor_contact_by_known": actor(contact_by="smoke"),
    "actor_founded_plausible": actor(founded=19),
    "actor_website_on_the_web": actor(website="javascript:alert(1)"),
    "relation_evidence_on_the_web": relation(evidence="data:text/html,x"),
    "cluster_homepage_on_the_web": lambda w: Cluster.objects.filter(pk=w["cluster"].pk).update(
        homepage=" https://example.org"
    ),
    "actor_country_two_letters": actor(country="D"),
    "actor_coordinates_both_or_none": actor(latitude=50.0),
    "actor_printable": actor(summary_de="Ein\x0bPunkt"),
    "alias_printable": lambda w: ActorAlias.objects.create(actor=w["one"], name="U\x01no"),
    "contact_printable": lambda w: ContactPerson.objects.create(actor=w["one"], name="U\x1fna"),
    "service_printable": lambda w: Service.objects.create(actor=w["one"], title_de="R\x7fat"),
    "placement_once_a_layer": lambda w: LayerPlacement.objects.create(actor=w["one"], layer=w["chain"][0]),
    "placement_one_main_layer": lambda w: LayerPlacement.objects.create(
        actor=w["one"], layer=w["chain"][1], is_primary=True
    ),
    "placement_basis_known": lambda w: LayerPlacement.objects.create(
        actor=w["two"], layer=w["chain"][0], basis="x"
    ),
    "focus_once_an_area": lambda w: ApplicationFocus.objects.create(actor=w["one"], area=w["area"]),
    "release_once_a_section": lambda w: Release.objects.bulk_create(
        [Release(cluster=w["cluster"], section="labels") for _number in range(2)]
    ),
    "release_section_known": lambda w: Release.objects.bulk_create(
        [Release(cluster=w["cluster"], section="secrets")]
    ),
    "team_member_once": lambda w: TeamMember.objects.bulk_create(
        TeamMember(cluster=w["cluster"], user=w["person"]) for _time in range(2)
    ),
    "user_role_known": lambda w: User.objects.filter(pk=w["person"].pk).update(role="king"),
    "user_outside_stays_outside": lambda w: User.objects.filter(pk=w["person"].pk).update(role="partner"),
    "erasure_ground_known": lambda w: Erasure.objects.create(ground="whim"),
    "revision_is_one_row": lambda w: Revision.objects.create(pk=2),
    "membership_once_a_kind": lambda w: Membership.objects.create(actor=w["one"], cluster=w["cluster"]),
    "membership_kind_known": lambda w: Membership.objects.create(
        actor=w["two"], cluster=w["cluster"], kind="x"
    ),
    "membership_ends_after_it_began": lambda w: Membership.objects.create(
        actor=w["two"], cluster=w["cluster"], since="2020-01-02", until="2020-01-01"
    ),
    "topic_once_an_actor": lambda w: ActorTopic.objects.create(actor=w["one"], topic=w["topic"]),
    "topic_broader_once": lambda w: TopicLink.objects.bulk_create(
        [TopicLink(topic=w["topic"], broader=w["broader"])]
    ),
    "topicsynonym_once_a_topic": lambda w: TopicSynonym.objects.create(
        topic=w["topic"], name="LICHTTECHNIK!"
    ),
    "topicsynonym_has_a_word": lambda w: TopicSynonym.objects.create(topic=w["topic"], name="?!"),
    "topicsynonym_kind_known": lambda w: TopicSynonym.objects.create(
        topic=w["topic"], name="Laser", kind="x"
    ),
    "topicsynonym_printable": lambda w: TopicSynonym.objects.create(topic=w["topic"], name="La\x01ser"),
    "areasynonym_once_a_area": lambda w: AreaSynonym.objects.create(area=w["area"], name="MEDTECH"),
    "areasynonym_has_a_word": lambda w: AreaSynonym.objects.create(area=w["area"], name=" "),
    "areasynonym_kind_known": lambda w: AreaSynonym.objects.create(area=w["area"], name="Klinik", kind="x"),
    "areasynonym_printable": lambda w: AreaSynonym.objects.create(area=w["area"], name="Kli\x01nik"),
    "termmerge_noun_known": lambda w: TermMerge.objects.create(
        noun="x", kept_key=1, merged_key=2, act="00000000-0000-4000-8000-000000000000"
    ),
    "alias_once_an_actor": lambda w: ActorAlias.objects.create(actor=w["one"], name="Uno"),
    "alias_kind_known": lambda w: ActorAlias.objects.create(actor=w["one"], name="Duo", kind="x"),
    "identifier_belongs_to_one_actor": lambda w: Identifier.objects.create(
        actor=w["two"], scheme="ror", value="019hjw009"
    ),
    "identifier_has_a_value": lambda w: Identifier.objects.create(actor=w["two"], scheme="ror", value=""),
    "identifier_scheme_known": lambda w: Identifier.objects.create(actor=w["two"], scheme="x", value="1"),
    "relation_not_to_itself": relation(target="one"),
    "relation_once_a_kind": lambda w: ActorRelation.objects.bulk_create(
        [ActorRelation(source=w["one"], target=w["two"], kind="supply") for _twice in range(2)]
    ),
    "relation_once_a_pair": relation(source="two", target="one", kind="cooperation"),
    "relation_kind_known": relation(kind="friendship"),
    "relation_since_plausible": relation(since=1),
    "relation_until_plausible": relation(until=2101),
    "relation_ends_after_it_began": relation(since=2020, until=2019),
    "cluster_kind_known": lambda w: make_cluster("c", kind="x"),
    "cluster_state_known": lambda w: make_cluster("c", state="x"),
    "cluster_life_cycle_known": lambda w: make_cluster("c", life_cycle="x"),
    "cluster_founded_plausible": lambda w: make_cluster("c", founded=1),
    "version_loss_is_one_row": lambda _w: VersionLoss.objects.bulk_create(
        [
            VersionLoss(
                transaction="1", versions="actors_actorevent", how="deleted", number=1, at=timezone.now()
            )
        ]
        * 2
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(world, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](world)


def test_no_constraint_is_forgotten():
    named = {
        constraint.name
        for label in ("layers", "applications", "clusters", "actors", "accounts", "history")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }
    # Dated by trigger before the check can see it; broken below by hand.
    assert named == set(BREAKS) | {"actor_published_has_a_date"}


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_no_topic_is_broader_than_itself_by_however_many_steps(world, steps):
    """Also where nobody asks the model: written in bulk, and by a change of a link that is there."""
    first = last = world["topic"]
    for number in range(steps - 1):
        above = Topic.objects.create(slug=f"above-{number}", name_de=f"Darüber {number}")
        TopicLink.objects.create(topic=last, broader=above)
        last = above
    with pytest.raises(IntegrityError, match="broader than itself"), transaction.atomic():
        TopicLink.objects.bulk_create([TopicLink(topic=last, broader=first)])
    harmless = TopicLink.objects.create(
        topic=Topic.objects.create(slug="free", name_de="Frei"), broader=first
    )
    with pytest.raises(IntegrityError, match="broader than itself"), transaction.atomic():
        TopicLink.objects.filter(pk=harmless.pk).update(topic=last, broader=first)


def test_a_published_actor_cannot_lose_its_date(world):
    with pytest.raises(IntegrityError, match="actor_published_has_a_date"), transaction.atomic():
        Actor.objects.filter(pk=world["one"].pk).update(published_at=None)


def test_a_layer_cannot_be_taken_twice(world):
    with pytest.raises(IntegrityError, match="layers_layer_position"), transaction.atomic():
        Layer.objects.create(position=5, slug="again", name_de="Noch einmal")


def test_a_layer_cannot_be_taken_away(world):
    with (
        pytest.raises(ProgrammingError, match="Cannot delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM layers_layer WHERE position = 5")


def test_two_may_supply_each_other(world):
    ActorRelation.objects.create(source=world["one"], target=world["two"], kind="supply")
    ActorRelation.objects.create(source=world["two"], target=world["one"], kind="supply")
    assert ActorRelation.objects.filter(kind="supply").count() == 2


def test_the_uid_is_permanent(world):
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Actor.objects.filter(pk=world["one"].pk).update(uid="00000000-0000-4000-8000-000000000000")


def test_taxonomies_in_use_cannot_be_deleted(world):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        ApplicationArea.objects.get().delete()
    with pytest.raises(ProtectedError):
        Cluster.objects.get().region.delete()
