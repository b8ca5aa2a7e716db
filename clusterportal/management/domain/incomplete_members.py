"""What the registry still lacks of a cluster's members, each with the list that holds just these."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.domain.freshness import stale
from actors.domain.lacking import NEEDS, WITHOUT_YEAR, touching, uncommitted
from actors.models import Actor, ActorRelation, Membership
from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import PublicationState


class Care(NamedTuple):
    """How many members there are, and a line for each kind of fact that some of them lack, most first."""

    member_count: int
    lines: list[AgendaLine]


def care_for(cluster: Cluster) -> Care:
    """What is stale or incomplete among members that are worked on or shown; two queries."""
    current = ~Q(state__in=[PublicationState.REJECTED, PublicationState.ARCHIVED])
    members = Actor.objects.filter(
        current, Exists(Membership.objects.filter(actor=OuterRef("pk"), cluster=cluster))
    )
    conditions = {"verification": stale(), "commitment": uncommitted(cluster.slug), **NEEDS}
    counts = members.aggregate(
        members=Count("pk"), **{code: Count("pk", filter=lacks) for code, lacks in conditions.items()}
    )
    relations = ActorRelation.objects.filter(touching(cluster.slug)).aggregate(
        all=Count("pk"), dateless=Count("pk", filter=WITHOUT_YEAR)
    )
    found = [
        (counts[code], _of_members(code, counts[code], counts["members"], cluster))
        for code in conditions
        if counts[code]
    ]
    if relations["dateless"]:
        found.append((relations["dateless"], _of_relations(relations, cluster)))
    found.sort(key=lambda one: -one[0])
    return Care(counts["members"], [line for _count, line in found])


def _of_members(code: str, count: int, members: int, cluster: Cluster) -> AgendaLine:
    of_all = ngettext("of %(number)s member", "of %(number)s members", members) % {"number": _number(members)}
    what, why = {
        "verification": (_("%(number)s not verified"), _("after twelve months an entry counts as stale")),
        "commitment": (
            _("%(number)s without a committed membership"),
            _("without it, criteria of committed members stay open"),
        ),
        "email": (_("%(number)s without an e-mail address"), of_all),
        "size": (_("%(number)s without a size class"), of_all),
        "founded": (_("%(number)s without a founding year"), _("missing in the network over the years")),
        "address": (_("%(number)s without a full address"), of_all),
    }[code]
    query = {"cluster": cluster.slug, "state": "current", "needs": code}
    return _line(what, why, count, "admin:actors_actor_changelist", query)


def _of_relations(counts: dict[str, int], cluster: Cluster) -> AgendaLine:
    number = counts["all"]
    why = ngettext("of %(number)s relation", "of %(number)s relations", number) % {"number": _number(number)}
    query = {"cluster": cluster.slug, "needs": "since"}
    address = "admin:actors_actorrelation_changelist"
    return _line(_("Relations without a year: %(number)s"), why, counts["dateless"], address, query)


def _line(what: str, why: str, count: int, address: str, query: dict) -> AgendaLine:
    url = f"{reverse(address)}?{urlencode(query)}"
    return AgendaLine(AgendaKind.STALE, what % {"number": _number(count)}, why, _("Fill in"), url)


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
