"""Mailing lists in the admin."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from clusterportal.clusters.record_admin import OwnDropdownFilter
from clusterportal.core.admin import fieldset
from clusterportal.newsletters.admin.own_records import OwnRecordAdmin
from clusterportal.newsletters.models import MailingList


@admin.register(MailingList)
class MailingListAdmin(OwnRecordAdmin):
    list_display = ["name", "cluster", "language", "readers", "is_active"]
    list_filter = [("cluster", OwnDropdownFilter)]
    list_select_related = ["cluster"]
    search_fields = ["name", "slug"]
    fieldsets = [
        fieldset(
            None,
            ("name", "slug"),
            ("cluster", "language"),
            "description",
            ("reply_to", "is_active"),
            "is_example",
        )
    ]

    def get_queryset(self, request):
        active = Count("subscriptions", filter=Q(subscriptions__ended_at=None))
        return super().get_queryset(request).annotate(reader_count=active)

    def get_readonly_fields(self, request, obj=None):
        """Who agreed to the newsletter of one cluster in one language gets no other instead."""
        fixed = ("cluster", "language") if _is_ordered(obj) else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_delete_permission(self, request, obj=None):
        """With a list its proofs of consent would go: it is closed instead."""
        return super().has_delete_permission(request, obj) and not _is_ordered(obj)

    @display(description=_("subscribers"), ordering="reader_count")
    def readers(self, mailing_list):
        return mailing_list.reader_count


def _is_ordered(mailing_list: MailingList | None) -> bool:
    """Whether somebody agreed to it, or was asked to."""
    return mailing_list is not None and (mailing_list.subscriptions.exists() or mailing_list.orders.exists())
