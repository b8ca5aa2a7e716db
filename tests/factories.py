"""Small makers of records: a test names what matters to it, the rest is plausible."""

from itertools import count

from django.utils import timezone

from actors.models import Actor, ApplicationFocus, LayerPlacement, Membership
from applications.models import ApplicationArea
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster, Region, TeamMember
from clusterportal.core.slugs import slug_of
from clusterportal.newsroom.models import Contribution
from clusterportal.partners.domain import keys
from clusterportal.partners.models import ApiKey, Partner
from clusterportal.plans.models import Action, ActionPlan
from layers.models import Layer

_LAYERS = [
    ("basic-research", "Grundlagenforschung", "Basic research"),
    ("applied-research", "Angewandte Forschung und Transfer", "Applied research and transfer"),
    ("technology-development", "Technologie- und Softwareentwicklung", "Technology and software development"),
    (
        "integration-services",
        "Systemintegration und IT-Dienstleistungen",
        "System integration and IT services",
    ),
    ("application-market", "Anwendung und Markt", "Application and market"),
]
_number = count(1)


def make_chain() -> list[Layer]:
    return Layer.objects.bulk_create(
        Layer(position=position, slug=slug, name_de=german, name_en=english)
        for position, (slug, german, english) in enumerate(_LAYERS, start=1)
    )


def make_area(slug: str = "health-medtech", **fields) -> ApplicationArea:
    return ApplicationArea.objects.create(
        **{"slug": slug, "name_de": slug.title(), "name_en": slug.title()} | fields
    )


def make_cluster(slug: str = "it-cluster", **fields) -> Cluster:
    region, _made = Region.objects.get_or_create(
        slug="kaiserslautern", defaults={"name_de": "Kaiserslautern"}
    )
    return Cluster.objects.create(
        **{"slug": slug, "name_de": slug.title(), "region": region, "state": "published"} | fields
    )


def make_actor(name: str = "", *, layers=(), areas=(), clusters=(), **fields) -> Actor:
    """A published actor, placed on the layers at the given positions and in the given areas and clusters."""
    name = name or f"Institut {next(_number)}"
    actor = Actor.objects.create(
        **{
            "name": name,
            "slug": slug_of(name),
            "kind": "research_institute",
            "state": "published",
            "city": "Leipzig",
        }
        | fields
    )
    by_position = {layer.position: layer for layer in Layer.objects.all()} if layers else {}
    LayerPlacement.objects.bulk_create(
        LayerPlacement(actor=actor, layer=by_position[position], is_primary=position == layers[0])
        for position in layers
    )
    ApplicationFocus.objects.bulk_create(ApplicationFocus(actor=actor, area=area) for area in areas)
    Membership.objects.bulk_create(Membership(actor=actor, cluster=cluster) for cluster in clusters)
    return actor


def make_person(role: str = "editor", *, clusters=(), **fields) -> User:
    """Somebody with an account and a role, on the teams of the given clusters."""
    name = fields.pop("username", f"{role}-{next(_number)}")
    person = User.objects.create_user(
        name, **{"email": f"{name}@example.org", "password": "x", "role": role} | fields
    )
    TeamMember.objects.bulk_create(TeamMember(cluster=cluster, user=person) for cluster in clusters)
    return person


def make_plan(cluster: Cluster, *, areas=(), **fields) -> ActionPlan:
    """A public action plan that the cluster leads, about the given areas."""
    number = next(_number)
    plan = ActionPlan.objects.create(
        **{"slug": f"plan-{number}", "title_de": f"Plan {number}", "cluster": cluster, "is_public": True}
        | fields
    )
    plan.areas.set(areas)
    return plan


def make_action(plan: ActionPlan, **fields) -> Action:
    number = next(_number)
    return Action.objects.create(
        **{"plan": plan, "slug": f"aktion-{number}", "title_de": f"Aktion {number}"} | fields
    )


def make_contribution(title: str = "", *, actors=(), clusters=(), areas=(), **fields) -> Contribution:
    """A published news item, or a record of another kind: an event begins at once and is a workshop."""
    title = title or f"Meldung {next(_number)}"
    event = {"event_kind": "workshop", "starts_at": timezone.now()} if fields.get("kind") == "event" else {}
    made = Contribution.objects.create(
        **{"title_de": title, "slug": slug_of(title), "state": "published"} | event | fields
    )
    made.actors.set(actors)
    made.clusters.set(clusters)
    made.areas.set(areas)
    made.refresh_from_db()  # dates and numbers are the database's
    return made


def make_partner(name: str = "", **fields) -> Partner:
    """A partner that accepted the terms."""
    terms = {"terms_accepted_at": timezone.now(), "terms_accepted_by": "Kim Vogt"}
    partner = Partner(**{"name": name or f"Kammer {next(_number)}", "purpose": "Mirror"} | terms | fields)
    keys.admit(partner=partner, by=User(is_superuser=True, is_active=True))
    return partner


def make_key(*scopes: str, partner: Partner | None = None, **fields) -> tuple[ApiKey, dict[str, str]]:
    """A key with the given scopes, and what a test client sends with each request to use it."""
    key, text = keys.create(
        partner=partner or make_partner(),
        scopes=scopes,
        by=User(is_superuser=True, is_active=True),
        **{"name": "test"} | fields,
    )
    return key, {"HTTP_AUTHORIZATION": f"Bearer {text}"}
