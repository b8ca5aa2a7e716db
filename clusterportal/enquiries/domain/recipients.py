"""Who gets an enquiry: the actor itself, the management of its clusters, the operator of the portal."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from actors.enums import MembershipKind
from actors.models import Actor, Membership
from clusterportal.accounts.domain.recipients import recipients_among
from clusterportal.accounts.enums import Role
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster
from clusterportal.core.mailing import Recipient
from clusterportal.enquiries.enums import MailKind
from clusterportal.quality.domain.recipients import own_address


@dataclass(frozen=True)
class Distribution:
    """`kind` says as what the receivers get it; without any receiver nobody has an address."""

    to: list[Recipient]
    kind: str = MailKind.RECEIVER
    copies: list[Recipient] = field(default_factory=list)


def distribution(*, actor: Actor | None, cluster: Cluster | None) -> Distribution:
    """Who gets an enquiry, and who a copy of it; at most 7 queries.

    For an actor: to itself, with a copy to the management of its clusters; without an address to those in its
    place. For a cluster: to its management. Where nobody else has an address: to the operator.
    """
    if actor is None:
        return Distribution(_unique(management_of([cluster] if cluster else []) or operator()))
    management = management_of(_clusters_of(actor))
    if own := _unique(_own(actor)):
        taken = {one.address.casefold() for one in own}
        return Distribution(own, copies=_unique(management, without=taken))
    return Distribution(_unique(management or operator()), MailKind.STAND_IN)


def management_of(clusters: Iterable[Cluster]) -> list[Recipient]:
    """Of each cluster: its own address, else that of its managing organisations, else its managers' own."""
    return [one for cluster in clusters for one in _management(cluster)]


def operator() -> list[Recipient]:
    """The address in the settings, else those of the administrators."""
    if settings.OPERATOR_EMAIL:
        return [Recipient(settings.OPERATOR_EMAIL, settings.LANGUAGE_CODE)]
    return recipients_among(User.objects.filter(is_superuser=True))


def _own(actor: Actor) -> list[Recipient]:
    """The organisation's address, else its published contact person's, else its representatives' own."""
    if own := own_address(actor):
        return own
    people = actor.contacts.with_consent().exclude(email="").order_by("position", "pk")
    if address := people.values_list("email", flat=True).first():
        return [Recipient(address, settings.LANGUAGE_CODE)]
    return import_string(settings.QUALITY_RECIPIENTS)(actor)


def _clusters_of(actor: Actor) -> list[Cluster]:
    public = Membership.objects.public().filter(actor=actor)
    return list(Cluster.objects.filter(pk__in=public.values("cluster")))


def _management(cluster: Cluster) -> list[Recipient]:
    if cluster.email:
        return [Recipient(cluster.email, settings.LANGUAGE_CODE)]
    managing = Membership.objects.public().filter(cluster=cluster, kind=MembershipKind.MANAGEMENT)
    actors = Actor.objects.published().filter(pk__in=managing.values("actor")).exclude(email="").by_name()
    if own := [one for actor in actors for one in own_address(actor)]:
        return own
    return recipients_among(User.objects.filter(team_memberships__cluster=cluster, role=Role.MANAGER))


def _unique(found: Iterable[Recipient], *, without: Iterable[str] = ()) -> list[Recipient]:
    """Each address once, in the order found."""
    first: dict[str, Recipient] = {}
    for one in found:
        first.setdefault(one.address.casefold(), one)
    return [one for address, one in first.items() if address not in set(without)]
