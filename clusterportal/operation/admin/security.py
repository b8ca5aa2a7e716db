"""The page "Security": how each requirement of the standard is met, and two things that depend on this installation."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.core.account_rights import ways_to_rewrite
from clusterportal.core.admin_page import admin_page
from clusterportal.operation.domain import asvs

_ANSWERS = {
    "yes": gettext_lazy("met"),
    "no": gettext_lazy("not met"),
    "not applicable": gettext_lazy("not applicable"),
}


def show(request):
    """`?answer=no` shows the requirements with that answer alone."""
    asked = request.GET.get("answer", "")
    request.page_above = {"title": _("Operation"), "link": reverse("operation:overview")}
    chosen = [one for one in asvs.requirements() if asked not in _ANSWERS or one.answer == asked]
    context = {
        "title": _("Security"),
        "counts": [(code, _ANSWERS[code], *numbers) for code, *numbers in asvs.counts()],
        "total": len(asvs.requirements()),
        "asked": asked if asked in _ANSWERS else "",
        "chapters": asvs.by_chapter(chosen),
        "answers": _ANSWERS,
        "factor": settings.SECOND_FACTOR,
        "without_factor": _staff_without_factor(),
        "ways": list(ways_to_rewrite()),
    }
    return admin_page(request, "admin/operation/security.html", context)


def _staff_without_factor() -> int:
    having = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    return get_user_model().objects.filter(is_active=True, is_staff=True).exclude(pk__in=having).count()
