"""What becomes of an actor that was proposed for a gap: partner of the cluster, part of an action, or dismissed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.enums import ActorKind, MembershipKind
from actors.models import Actor, Membership
from actors.rules import can_clear, can_edit, needs_review
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.slugs import slug_of, unused
from clusterportal.plans.domain.gaps import Gap
from clusterportal.plans.enums import GapVerdict, ParticipantGroup
from clusterportal.plans.models import Action, ActionPlan, GapDecision, Participant, PlanOwner
from clusterportal.plans.rules import can_agree, can_write

APPROACH_MONTHS = 12  # how long there is to win somebody over
_GROUPS = {
    ActorKind.UNIVERSITY: ParticipantGroup.RESEARCH,
    ActorKind.RESEARCH_INSTITUTE: ParticipantGroup.RESEARCH,
    ActorKind.EDUCATION: ParticipantGroup.RESEARCH,
    ActorKind.PUBLIC_BODY: ParticipantGroup.PUBLIC_SECTOR,
    ActorKind.HOSPITAL: ParticipantGroup.PUBLIC_SECTOR,
    ActorKind.ASSOCIATION: ParticipantGroup.CLUSTERS,
    ActorKind.CHAMBER: ParticipantGroup.OTHERS,
    ActorKind.OTHER: ParticipantGroup.OTHERS,
}


def group_of(actor: Actor) -> ParticipantGroup:
    """The group in which an actor takes part in an action, by its kind."""
    return _GROUPS.get(ActorKind(actor.kind), ParticipantGroup.COMPANIES)


def can_make_partner(user, cluster, actor: Actor) -> bool:
    """A membership needs rights over both: the cluster that shows the actor, and the actor that is shown."""
    may_write_actor = can_edit(user, actor) and not needs_review(user, actor)
    return user.has_perm("actors.add_membership") and can_clear(user, cluster) and may_write_actor


@transaction.atomic
def make_partner(*, plan: ActionPlan, gap: Gap, actor: Actor, by) -> GapDecision:
    """Close the gap: the actor becomes a partner of the cluster. Raises PermissionDenied without rights over both."""
    _check(plan, gap, actor, by)
    if not can_make_partner(by, gap.cluster, actor):
        raise PermissionDenied
    Membership.objects.create(
        actor=actor, cluster=gap.cluster, kind=MembershipKind.PARTNER, since=timezone.localdate()
    )
    return _decide(plan, gap, actor, GapVerdict.PARTNER)


@transaction.atomic
def take_into_action(
    *, plan: ActionPlan, gap: Gap, actor: Actor, by, action: Action | None = None
) -> GapDecision:
    """The actor takes part in an action of the plan; without one, in a new one that wins the proposed over."""
    _check(plan, gap, actor, by)
    if action is not None and action.plan_id != plan.pk:
        raise PermissionDenied
    action = action or _approach(plan)
    Participant.objects.get_or_create(action=action, actor=actor, defaults={"group": group_of(actor)})
    action.layers.add(gap.layer)
    action.areas.add(gap.area)
    return _decide(plan, gap, actor, GapVerdict.ACTION, action=action)


@transaction.atomic
def dismiss(*, plan: ActionPlan, gap: Gap, actor: Actor, by, reason: str) -> GapDecision:
    """Propose the actor no more for this gap. Raises ValidationError without a reason."""
    _check(plan, gap, actor, by)
    if not reason.strip():
        raise ValidationError(_("Please say why, so that nobody asks again."))
    return _decide(plan, gap, actor, GapVerdict.DISMISSED, reason=reason.strip())


@transaction.atomic
def propose_again(*, decision: GapDecision, by) -> None:
    """Forget that the actor was dismissed."""
    if not can_write(by, decision.plan) or decision.verdict != GapVerdict.DISMISSED:
        raise PermissionDenied
    decision.delete()


@transaction.atomic
def agree(*, owner: PlanOwner, by) -> None:
    """Say for a cluster that it takes part in the plan of another. Raises PermissionDenied for other people."""
    if not can_agree(by, owner):
        raise PermissionDenied
    owner.has_agreed = True
    owner.save()


def _check(plan: ActionPlan, gap: Gap, actor: Actor, by) -> None:
    """Raises PermissionDenied, or ValidationError where the actor is proposed no longer."""
    if not can_write(by, plan):
        raise PermissionDenied
    if actor.pk not in {one.actor.pk for one in gap.proposals}:
        raise ValidationError(_("“%(actor)s” is no longer proposed for this gap.") % {"actor": actor})


def _decide(plan: ActionPlan, gap: Gap, actor: Actor, verdict: GapVerdict, **more) -> GapDecision:
    return GapDecision.objects.create(
        plan=plan, cluster=gap.cluster, layer=gap.layer, area=gap.area, actor=actor, verdict=verdict, **more
    )


def _approach(plan: ActionPlan) -> Action:
    """The action of the plan that wins proposed actors over; made when it is first needed."""
    made = slug_of(f"{plan.slug}-approach", length=70)
    present = Action.objects.filter(plan=plan, slug__startswith=made).order_by("pk").first()
    if present is not None:
        return present
    titles = {}
    for code in LANGUAGE_CODES:
        with override(code):
            titles[f"title_{code}"] = _("Win proposed actors over")
            titles[f"topic_{code}"] = _("Gaps in the chain")
    return Action.objects.create(
        plan=plan,
        slug=unused(made, set(Action.objects.filter(slug__startswith=made).values_list("slug", flat=True))),
        horizon_months=APPROACH_MONTHS,
        starts_on=timezone.localdate(),
        **titles,
    )
