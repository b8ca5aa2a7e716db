"""Proposals of partners: they wait in the review queue, where people accept them field by field."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from actors.columns.parts import OWN_PARTS
from actors.models import Actor
from clusterportal.api.writing.lists import LISTS
from clusterportal.api.writing.shape import MAIN_LAYER, WRITABLE, HeldRecord, row_of
from clusterportal.api.writing.showing import field_of
from clusterportal.clusters.models import Cluster
from clusterportal.core.api.problems import InvalidRecord
from clusterportal.core.api.serializers import moment_text
from clusterportal.partners.models import ApiKey
from clusterportal.review.domain.actor_columns import PUBLIC_COLUMNS, is_part, keyed_items, public_record
from clusterportal.review.domain.proposal_writing import CannotWrite, planned
from clusterportal.review.domain.proposing import Proposer, propose
from clusterportal.review.enums import ProposalKind
from clusterportal.review.models import Proposal

LONGEST_MESSAGE = 2000  # characters
_IN_LISTS = [name for name, shape in LISTS.items() if shape.part.column in PUBLIC_COLUMNS]
# What everybody may propose: nothing of the curators' own, and no name that is an address.
PROPOSABLE = [
    name
    for name in WRITABLE
    if name in (*PUBLIC_COLUMNS, *_IN_LISTS, "address", "summary", "description", MAIN_LAYER)
]


@transaction.atomic
def submit(
    record: Any, *, actor_key: str | None, cluster: str | None, message: str, key: ApiKey, language: str
) -> Proposal:
    """The proposal of `key` to change a public actor, or to take a new one in; it waits for review at once.

    Raises InvalidRecord for what review could not accept or what changes nothing, the problem 404 for an actor or
    a cluster that is not public.
    """
    actor = _public_actor(actor_key) if actor_key else None
    base = public_record(actor) if actor else {}
    wanted = row_of(record, known=HeldRecord(base), language=language, names=PROPOSABLE)
    for column in filter(is_part, wanted):
        wanted[column] = _whole_items(column, wanted[column], base.get(column))
    try:
        planned(wanted | ({"uid": str(actor.uid)} if actor else {}))
    except CannotWrite as error:
        raise InvalidRecord(_by_field(error.problems)) from None
    partner = key.partner
    proposal = propose(
        kind=ProposalKind.CHANGE if actor else ProposalKind.NEW,
        by=Proposer(partner.contact_email, partner.name, language=language, user=partner.account),
        wanted=wanted,
        base=base,
        actor=actor,
        cluster=_public_cluster(cluster) if cluster else None,
        message=message,
    )
    if not proposal.record:
        raise InvalidRecord({"record": [_("This says nothing that the registry does not say already.")]})
    return proposal


def _public_actor(key: str) -> Actor:
    try:
        actor = Actor.objects.published().filter(uid=uuid.UUID(key)).first()
    except ValueError:
        actor = Actor.objects.published().filter(slug=key).first()
    if actor is None:
        raise NotFound(_("There is no such actor."))
    return actor


def _public_cluster(slug: str) -> Cluster:
    cluster = Cluster.objects.published().filter(slug=slug).first()
    if cluster is None:
        raise NotFound(_("There is no such cluster."))
    return cluster


def _whole_items(column: str, wanted: list[dict], present: list[dict] | None) -> list[dict]:
    """The items as reviewers compare them: each with the details of the recorded one that it says nothing of."""
    part, known = OWN_PARTS[column], keyed_items(column, present)
    return [part.complete(known.get(key, {}) | item) for key, item in part.keyed(wanted).items()]


def _by_field(problems: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column, reason in problems:
        found.setdefault(field_of(column), []).append(reason)
    return found


def own_proposal(uid: uuid.UUID, *, key: ApiKey) -> Proposal:
    """A proposal of the partner of `key`. Raises NotFound."""
    own = Proposal.objects.filter(user=key.partner.account).select_related("actor", "cluster")
    if (proposal := own.filter(uid=uid).first()) is None:
        raise NotFound
    return proposal


def as_json(proposal: Proposal) -> dict[str, Any]:
    """What the partner is told of a proposal; of its actor once everybody sees that."""
    actor = proposal.actor if proposal.actor and proposal.actor.is_published else None
    return {
        "uid": str(proposal.uid),
        "kind": proposal.kind,
        "state": proposal.state,
        "actor": {"uid": str(actor.uid), "slug": actor.slug} if actor else None,
        "cluster": {"slug": proposal.cluster.slug} if proposal.cluster else None,
        "message": proposal.message or None,
        "submitted_at": moment_text(proposal.created_at),
        "decided_at": moment_text(proposal.decided_at) if proposal.decided_at else None,
        "reason": proposal.reason or None,
    }
