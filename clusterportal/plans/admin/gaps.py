"""The page of the gaps of a plan: who could fill them, and what becomes of each proposal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.core.admin_page import admin_page
from clusterportal.plans.domain import deciding
from clusterportal.plans.domain.gaps import Gap, gaps_of
from clusterportal.plans.domain.plan_queries import with_parts
from clusterportal.plans.enums import GapVerdict
from clusterportal.plans.forms import DismissForm, IntoActionForm
from clusterportal.plans.models import ActionPlan
from clusterportal.plans.rules import can_write

SHOWN = 12  # gaps of the page; all of them behind a link


class GapsPage:
    """One request. `?gap=cluster.layer.area&actor=slug` asks what should become of one proposal."""

    def __init__(self, model_admin, request, plan: ActionPlan):
        self.model_admin, self.request = model_admin, request
        self.plan = with_parts(ActionPlan.objects.filter(pk=plan.pk)).get()
        self.gaps = gaps_of(self.plan)
        self.may_write = can_write(request.user, self.plan)

    def respond(self):
        if self.request.method == "POST":
            return self._act()
        if "gap" in self.request.GET:
            gap, actor = self._asked(self.request.GET)
            return self._show_one(gap, actor)
        return self._show_all()

    # ---------- what is shown ----------
    def _show_all(self):
        is_whole = "all" in self.request.GET
        dismissed = [one for one in self.plan.decisions.all() if one.verdict == GapVerdict.DISMISSED]
        return self._rendered(
            "admin/plans/gaps.html",
            _("Gaps and proposals"),
            gaps=self.gaps if is_whole else self.gaps[:SHOWN],
            more=0 if is_whole else max(len(self.gaps) - SHOWN, 0),
            total=len(self.gaps),
            proposed=sum(1 for gap in self.gaps if gap.is_open and gap.proposals),
            unfilled=sum(1 for gap in self.gaps if gap.is_open and not gap.proposals),
            dismissed=dismissed,
        )

    def _show_one(self, gap: Gap, actor: Actor, dismiss_form: DismissForm | None = None):
        if not self.may_write:
            raise PermissionDenied
        return self._rendered(
            "admin/plans/decide.html",
            str(actor),
            gap=gap,
            proposal=next(one for one in gap.proposals if one.actor.pk == actor.pk),
            can_make_partner=deciding.can_make_partner(self.request.user, gap.cluster, actor),
            into_action=IntoActionForm(plan=self.plan),
            dismiss=dismiss_form or DismissForm(),
        )

    def _rendered(self, template: str, title: str, **context):
        shared = {
            "title": title,
            "opts": self.model_admin.opts,
            "original": self.plan,
            "plan": self.plan,
            "may_write": self.may_write,
            "page_url": self._address,
        }
        return admin_page(self.request, template, shared | context)

    # ---------- what is done ----------
    def _act(self):
        if not self.may_write:
            raise PermissionDenied
        sent = self.request.POST
        if "again" in sent:
            return self._propose_again(sent["again"])
        gap, actor = self._asked(sent)
        given = {"plan": self.plan, "gap": gap, "actor": actor, "by": self.request.user}
        if sent.get("act") == GapVerdict.PARTNER:
            deciding.make_partner(**given)
            return self._done(
                _("“%(actor)s” is a partner of “%(cluster)s” now."), actor=actor, cluster=gap.cluster
            )
        if sent.get("act") == GapVerdict.ACTION:
            chosen = IntoActionForm(sent, plan=self.plan)
            if not chosen.is_valid():
                raise Http404  # an action that the list does not offer
            decision = deciding.take_into_action(**given, action=chosen.cleaned_data["action"])
            return self._done(
                _("“%(actor)s” takes part in the action “%(action)s”."), actor=actor, action=decision.action
            )
        form = DismissForm(sent)
        if not form.is_valid():
            return self._show_one(gap, actor, form)
        deciding.dismiss(**given, reason=form.cleaned_data["reason"])
        return self._done(_("“%(actor)s” is proposed for this gap no more."), actor=actor)

    def _propose_again(self, key: str):
        decision = next((one for one in self.plan.decisions.all() if str(one.pk) == key), None)
        if decision is None:
            raise Http404
        deciding.propose_again(decision=decision, by=self.request.user)
        return self._done(_("“%(actor)s” is proposed again."), actor=decision.actor)

    def _done(self, text: str, **names):
        messages.success(self.request, text % names)
        return redirect(self._address)

    @property
    def _address(self) -> str:
        return reverse("admin:plans_actionplan_gaps", args=[self.plan.pk])

    def _asked(self, given) -> tuple[Gap, Actor]:
        """The gap and the actor that a request names, as they are proposed now. Raises Http404."""
        for gap in self.gaps:
            if gap.key == given.get("gap"):
                for one in gap.proposals:
                    if one.actor.slug == given.get("actor"):
                        return gap, one.actor
        raise Http404
