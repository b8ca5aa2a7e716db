"""How long contact persons are kept who did not agree to be published, and what is known of those who are gone."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actors.models import ContactPerson
from clusterportal.history.changes import DELETE, versions_of
from clusterportal.history.erasure import forget_versions

WITHOUT_CONSENT = timedelta(days=365)  # since the last change: time to ask, and to ask again
# Versions of those who were removed: until then an act can be taken back, and a consent be proven.
DELETED_KEPT = timedelta(days=400)


@transaction.atomic
def forget_contacts() -> int:
    """Delete people who never agreed, and forget the removed ones, with every version; returns how many people."""
    now = timezone.now()
    unasked = ContactPerson.objects.filter(consent_on=None, updated_at__lt=now - WITHOUT_CONSENT)
    late = set(unasked.values_list("pk", flat=True))
    unasked.delete()
    removed = versions_of(ContactPerson).filter(pgh_label=DELETE, pgh_created_at__lt=now - DELETED_KEPT)
    gone = set(removed.values_list("pgh_obj_id", flat=True))
    gone -= set(
        ContactPerson.objects.filter(pk__in=gone).values_list("pk", flat=True)
    )  # they were brought back
    forget_versions(ContactPerson, late | gone)
    return len(late | gone)
