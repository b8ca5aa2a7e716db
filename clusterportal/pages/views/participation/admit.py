"""An organisation applies for admission to a cluster."""

from django.utils.decorators import method_decorator
from django.views import View

from actors.domain.addresses import keys_by_address
from actors.models import Actor
from clusterportal.pages.forms.admission import AdmissionForm
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    proposer,
    sent,
    show,
)
from clusterportal.review.domain.admission import apply_for_admission
from clusterportal.review.domain.proposal_writing import CannotWrite, planned


@method_decorator(open_to_all, name="dispatch")
class AdmissionView(View):
    """`cluster` and `actor` of the address, both slugs, fill the form."""

    def get(self, request):
        named = keys_by_address([request.GET.get("actor", "")])
        actor = Actor.objects.published().filter(pk__in=named.values()).first()
        known = {"cluster": request.GET.get("cluster", "")}
        if actor:
            known |= {"organisation": actor.name, "kind": actor.kind, "website": actor.website}
        return self._show(request, GuardForm(), AdmissionForm(initial=known))

    def post(self, request):
        guard, you = GuardForm(request.POST), AdmissionForm(request.POST)
        if guard.is_trapped:
            return sent(request)
        if not all([guard.is_valid(), you.is_valid() and _is_acceptable(you)]):
            return self._show(request, guard, you, INVALID)
        if not is_within_limits(request, guard, email=you.cleaned_data["email"]):
            return self._show(request, guard, you, TOO_MANY)
        apply_for_admission(
            by=proposer(you.cleaned_data),
            cluster=you.cleaned_data["cluster"],
            organisation=you.record(),
            message=you.cleaned_data["message"],
        )
        return sent(request)

    def _show(self, request, guard, you, status=200):
        context = {"guard": guard, "you": you, "mistakes": mistakes_of([guard, you])}
        return show(request, "pages/admission.html", context, status)


def _is_acceptable(you: AdmissionForm) -> bool:
    """Whether a draft could be made of it, by the rules of the registry; their complaints are added to the fields."""
    try:
        planned(you.record() | {"publication": "draft"})
    except CannotWrite as error:
        for column, reason in error.problems:
            names = {"name": "organisation"}
            field = names.get(column, column)
            you.add_error(field if field in you.fields else None, reason)
        return False
    return True
