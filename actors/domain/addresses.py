"""Published actors by what links out in the world call them: slug or permanent id, today's or a former one."""

import re
from collections.abc import Collection

from django.db.models import Q

from actors.models import Actor, FormerSlug, FormerUid
from clusterportal.core.slugs import as_uid

_SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)


def keys_by_address(given: Collection[str]) -> dict[str, int]:
    """The primary key of the published actor under each of `given`; whoever is not (or no longer) public is missing.

    One query, and two more where that leaves some unknown: for former slugs and for ids of merged actors.
    """
    uids = {text: uid for text in given if (uid := as_uid(text))}
    slugs = {text for text in given if _SLUG.fullmatch(text)}
    today = Actor.objects.published().filter(Q(slug__in=slugs) | Q(uid__in=uids.values()))
    known: dict[object, int] = {}
    for key, slug, uid in today.values_list("pk", "slug", "uid"):
        known |= {slug: key, uid: key}
    for model, name, wanted in ((FormerSlug, "slug", slugs), (FormerUid, "uid", set(uids.values()))):
        if unknown := wanted - known.keys():
            former = model.objects.filter(**{f"{name}__in": unknown}, actor__in=Actor.objects.published())
            known |= dict(former.values_list(name, "actor_id"))
    found = {text: known.get(text) or known.get(uids.get(text)) for text in given}
    return {text: key for text, key in found.items() if key}
