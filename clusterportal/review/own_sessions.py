"""The page of the account on which people see where they are signed in, and end what they do not use."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clusterportal.accounts.domain.sessions import end_others, sessions_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def own_sessions(request):
    """Show the open sessions; sent to, end one of the others, or all. Asks for the password before."""
    this = request.session.session_key
    if request.method != "POST":
        return render(request, "account/sessions.html", {"sessions": sessions_of(request.user, this=this)})
    ended = end_others(request.user, this=this, handle=request.POST.get("session", ""))
    if ended:
        text = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", ended)
        messages.success(request, text % {"count": ended})
    else:
        messages.info(request, _("No session was ended: it is over already."))
    return redirect("account_sessions")
