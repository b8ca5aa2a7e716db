"""Actors that look alike are searched for every night; people may have it done now."""

import time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from actors.rules import can_edit
from clusterportal.quality import tasks


def search_now(request) -> None:
    """Two actors are alike only beside all others, so the search is that of every night, begun now."""
    if not can_edit(request.user):
        raise PermissionDenied
    try:
        with transaction.atomic():  # a refused job leaves the request's transaction as it was
            # The types leave out the argument that periodic tasks have.
            tasks.find_duplicates.defer(timestamp=int(time.time()))  # type: ignore[call-arg]
    except AlreadyEnqueued:
        messages.info(request, _("The search is waiting already. Open this list again in a minute."))
    else:
        messages.success(request, _("The registry is being searched. Open this list again in a minute."))
