"""What all public forms share: access without a cookie, limits, and their answers."""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from clusterportal.review.domain.proposing import Proposer
from clusterportal.review.domain.throttle import is_allowed

INVALID, TOO_MANY = 422, 429


def open_to_all(view):
    """A form that anybody may send without a cookie; it never acts for the person who is signed in.

    A forged request could only gain another sender's network address, so requests that the browser marks as coming
    from another site are refused. Views that act for a person must not use this.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise PermissionDenied(_("This form was sent from another site."))
        return view(request, *args, **kwargs)

    return guarded


def sent(request):
    """The answer after sending a form: always the same, so that it tells nothing about the trap or the e-mail."""
    return redirect("pages:proposal-sent")


def show(request, template: str, context: dict, status: int = 200):
    return render(request, template, context, status=status)


def is_within_limits(request, form, *, email: str) -> bool:
    """Counts the form; adds an error to it if this e-mail or network sent too many today."""
    if is_allowed(email=email, address=get_adapter().get_client_ip(request)):
        return True
    form.add_error(None, _("Too many forms came from you today. Please send this one tomorrow."))
    return False


def proposer(you: dict) -> Proposer:
    """The proposer as the form describes them."""
    return Proposer(email=you["email"], name=you["name"], role=you["role"], language=get_language())
