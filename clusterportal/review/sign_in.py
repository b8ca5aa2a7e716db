"""The admin's own address of signing in."""

from allauth.account.decorators import secure_admin_login
from allauth.account.views import login
from django.contrib import admin

_to_sign_in = secure_admin_login(admin.site.login)


def admin_login(request, extra_context=None):
    """Leads to the portal's sign-in, so that a second factor is asked for; scripts may post their credentials here."""
    if request.method == "POST" and "username" in request.POST and not request.user.is_authenticated:
        request.POST = request.POST.copy()
        request.POST["login"] = request.POST["username"]
        return login(request)
    return _to_sign_in(request, extra_context)
