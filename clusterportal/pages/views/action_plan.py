"""The action plans of a cluster: one on the page, the others a link away."""

from django.http import Http404
from django.utils import timezone

from clusterportal.clusters.enums import Section
from clusterportal.core.languages import column_names
from clusterportal.core.turns import costly
from clusterportal.pages.presenters.action_plan import action_plan
from clusterportal.pages.views.released import ReleasedView
from clusterportal.plans.domain.plan_queries import MOST_PLANS, with_parts
from clusterportal.plans.models import ActionPlan


@costly
class ActionPlanView(ReleasedView):
    """`?plan=` chooses one of several public plans, `?gaps=all` shows every gap.

    Context beyond the base's: plans (public ones of the cluster), and of the chosen one what `action_plan` says.
    """

    template_name = "management/action_plan.html"
    page = "clusters:action-plan"
    section = Section.ACTION_PLAN

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        plans = ActionPlan.objects.of_cluster(context["cluster"]).public()
        listed = list(plans.order_by("pk").only("slug", *column_names("title"))[:MOST_PLANS])
        asked = self.request.GET.get("plan")
        chosen = next((one for one in listed if asked in (None, "", one.slug)), None)
        if chosen is None and asked:
            raise Http404
        context["plans"] = listed
        if chosen:
            plan = with_parts(ActionPlan.objects.filter(pk=chosen.pk), public=True).get()
            all_gaps = self.request.GET.get("gaps") == "all"
            context |= action_plan(plan, today=timezone.localdate(), all_gaps=all_gaps)
        return context
