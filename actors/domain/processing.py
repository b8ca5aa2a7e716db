"""What the registry keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from actors.domain.contact_retention import DELETED_KEPT, WITHOUT_CONSENT
from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ContactPerson,
    FormerSlug,
    Identifier,
    LayerPlacement,
    Service,
    TermMerge,
    Topic,
    TopicSynonym,
)
from clusterportal.history.processing import Activity, Basis, Kept, Term, no_people, process

_ACTOR = Term(_("as long as the organisation stands in the registry"))
_FORGET = "actors.forget_contacts"
process(
    Activity(
        code="contacts",
        name=_("Contact persons of organisations"),
        purpose=_("Naming people to whom one can turn in an organisation."),
        bases=(Basis.CONSENT, Basis.INTEREST),
        people=_("Contact persons of organisations"),
        recipients=_(
            "With their consent everybody, worldwide; without it only those who maintain the registry, to ask for it"
        ),
        kept=(
            Kept(
                ContactPerson,
                ["name", "role", "email", "phone", "consent_on"],
                Term(_("until the consent is withdrawn or the organisation leaves the registry")),
            ),
            Kept(
                _("Contact persons without consent"),
                [_("All details, with earlier versions")],
                Term(_("after the last change"), WITHOUT_CONSENT, _FORGET),
            ),
            Kept(
                _("Contact persons who were removed"),
                [_("Earlier versions, as proof of the consent and of its withdrawal")],
                Term(_("after the removal"), DELETED_KEPT, _FORGET),
            ),
        ),
    )
)
process(
    Activity(
        code="registry",
        name=_("Registry of organisations"),
        purpose=_("Showing which organisations of the region do what, and who fits whom."),
        bases=(Basis.INTEREST,),
        people=_("Owners of businesses that bear their name, and people whom a text names"),
        recipients=_("Everybody, worldwide, once the entry is published"),
        kept=(
            Kept(Actor, ["name", "short_name", "slug", "email", "phone", "street"], _ACTOR, may_name=True),
            Kept(Actor, ["summary", "description", "website", "source", "logo"], _ACTOR, may_name=True),
            Kept(ActorAlias, ["name"], _ACTOR, may_name=True),
            Kept(FormerSlug, ["slug"], _ACTOR, may_name=True),
            Kept(ActorRelation, ["note", "evidence"], _ACTOR, may_name=True),
            Kept(LayerPlacement, ["note"], _ACTOR, may_name=True),
            Kept(Service, ["title", "description"], _ACTOR, may_name=True),
        ),
    )
)
no_people(Actor, "postcode", "city", "state_name", "country", why="towns")
no_people(ActorAlias, "language", why="a code")
no_people(Identifier, "value", why="numbers of organisations in public registers")
no_people(TermMerge, "kept_name", "merged_slug", "merged_name", why="names of topics")
no_people(Topic, "slug", "name", "key", why="names of topics")
no_people(TopicSynonym, "name", "language", why="names of topics")
