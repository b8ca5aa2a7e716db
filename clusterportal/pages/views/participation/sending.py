"""What all forms of the public have in common: the trap, the limits, the answer to mistakes."""

from allauth.account.adapter import get_adapter
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterportal.review.domain.proposing import Proposer
from clusterportal.review.domain.throttle import is_allowed

INVALID, TOO_MANY = 422, 429


def sent(request):
    """The answer to everybody who sent a form, whether the trap was filled or the e-mail is known: the same."""
    return redirect("pages:proposal-sent")


def show(request, template: str, context: dict, status: int = 200):
    return render(request, template, context, status=status)


def is_within_limits(request, form, *, email: str) -> bool:
    """Counts the form; says on it when this e-mail or network sent too many today."""
    if is_allowed(email=email, address=get_adapter().get_client_ip(request)):
        return True
    form.add_error(None, _("Too many forms came from you today. Please send this one tomorrow."))
    return False


def proposer(you: dict) -> Proposer:
    """Who proposes, from what the form says."""
    return Proposer(email=you["email"], name=you["name"], role=you["role"], language=get_language())
