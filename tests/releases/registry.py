"""A small registry of examples, and what it says: the same before and after every upgrade."""

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ContactPerson,
    FormerSlug,
    Identifier,
    Service,
    Topic,
)
from tests.factories import make_actor, make_area, make_chain, make_cluster, make_person


def fill() -> None:
    """Examples of everything that people enter; nobody and nothing in them is real."""
    make_chain()
    area, cluster = make_area(), make_cluster()
    institute = make_actor(
        "Institut für Beispiele",
        slug="beispiel",
        layers=[2, 1],
        areas=[area],
        clusters=[cluster],
        summary_de="Forscht an Beispielen.",
        website="https://institut.example/",
    )
    firm = make_actor("Beispielwerk Müller GmbH", kind="company", layers=[5], city="Kaiserslautern")
    make_actor("Entwurf", state="draft")
    Actor.objects.filter(pk=institute.pk).update(slug="institut-fuer-beispiele")  # the former one is kept
    topic = Topic.objects.create(slug="vorbilder", name_de="Vorbilder", name_en="Models")
    ActorTopic.objects.create(actor=institute, topic=topic)
    Service.objects.create(actor=firm, title_de="Beispiele nach Maß")
    ActorAlias.objects.create(actor=institute, name="IfB", kind="acronym")
    Identifier.objects.create(actor=institute, scheme="register", value="Kaiserslautern HRB 1")
    ContactPerson.objects.create(actor=firm, name="Erika Beispiel", email="erika@werk.example")
    ActorRelation.objects.create(source=firm, target=institute, kind="supply")
    make_person("manager", username="leitung", clusters=[cluster])


def told() -> list[dict]:
    """What the registry says of its actors, in plain values."""
    return [
        {
            "name": actor.name,
            "slug": actor.slug,
            "kind": actor.kind,
            "state": actor.state,
            "summary": actor.summary_de,
            "layers": list(actor.placements.order_by("pk").values_list("layer__slug", "is_primary")),
            "areas": list(actor.foci.values_list("area__slug", flat=True)),
            "clusters": list(actor.memberships.values_list("cluster__slug", "kind")),
            "topics": list(actor.actor_topics.values_list("topic__name_de", flat=True)),
            "services": list(actor.services.values_list("title_de", flat=True)),
            "aliases": list(actor.aliases.values_list("name", "kind")),
            "identifiers": list(actor.identifiers.values_list("scheme", "value")),
            "contacts": list(actor.contacts.values_list("name", "email", "consent_on")),
            "supplies": list(
                ActorRelation.objects.filter(source=actor).values_list("target__slug", flat=True)
            ),
            "former addresses": list(FormerSlug.objects.filter(actor=actor).values_list("slug", flat=True)),
            "versions": list(actor.events.order_by("pgh_id").values_list("pgh_label", "slug")),
        }
        for actor in Actor.objects.order_by("name")
    ]
