"""Whose enquiries a person sees, and what became of them."""

from typing import Self

from django.apps import apps
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from actors.models import Membership
from actors.rules import reaches_all
from clusterportal.clusters.rules import clusters_of
from clusterportal.core.outbox import MailState
from clusterportal.enquiries.enums import TO_RECEIVERS, EnquiryState
from clusterportal.enquiries.rules import can_see_enquiries


class EnquiryQuerySet(QuerySet):
    def visible_to(self, user) -> Self:
        """About actors of the person's clusters and to their management; administrators see all."""
        if not can_see_enquiries(user):
            return self.none()
        if reaches_all(user):
            return self.all()
        clusters = clusters_of(user)
        members = Membership.objects.filter(actor=OuterRef("actor"), cluster__in=clusters)
        return self.filter(Q(Exists(members)) | Q(cluster__in=clusters))

    def with_state(self) -> Self:
        """Annotates `state`: what is wrong with a mail comes before what went well with another one."""
        mails = apps.get_model("enquiries", "EnquiryMail").objects
        to_receivers = mails.filter(enquiry=OuterRef("pk"), kind__in=TO_RECEIVERS)

        def has(*states: str) -> Exists:
            return Exists(to_receivers.filter(state__in=states))

        return self.annotate(
            state=Case(
                When(forgotten_at__isnull=False, then=Value(EnquiryState.EXPIRED)),
                When(confirmed_at=None, then=Value(EnquiryState.UNCONFIRMED)),
                When(~Exists(to_receivers), then=Value(EnquiryState.UNADDRESSED)),
                When(has(MailState.UNCLEAR), then=Value(EnquiryState.UNCLEAR)),
                When(has(MailState.REFUSED, MailState.VOID), then=Value(EnquiryState.REFUSED)),
                When(has(MailState.WAITING, MailState.SENDING), then=Value(EnquiryState.ON_THE_WAY)),
                default=Value(EnquiryState.SENT),
                output_field=CharField(),
            )
        )
