"""The columns of the actor list, as each person chooses and orders them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from actors.models import Actor
from clusterportal.bulk.admin.actor_list import list_address
from clusterportal.bulk.models import ListColumns
from clusterportal.core.admin_page import admin_page
from clusterportal.core.labels import field_label

ALWAYS = "named"  # the way to the record
DEFAULT = ("kind", "chain", "areas", "state_label", "complete", "verified")
FIELDS = (
    "postcode", "city", "legal_form", "size", "founded", "website", "email", "phone", "source", "published_at",
    "created_at", "updated_at",
)  # fmt: skip
_PARTS = ("clusters", "topics_worked_on")
KNOWN = (*DEFAULT, *_PARTS, *FIELDS)


def columns_of(user) -> tuple[str, ...]:
    """What the person has chosen, without what is no column any more; else the default."""
    chosen = ListColumns.objects.filter(user=user).values_list("columns", flat=True).first()
    return tuple(name for name in chosen or () if name in KNOWN) or DEFAULT


class ColumnsForm(forms.Form):
    """Each column with a box, and a number for its place: equal numbers stand in the order of the form."""

    def __init__(self, *args, shown: tuple[str, ...], labels: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [*shown, *(name for name in KNOWN if name not in shown)]
        for place, name in enumerate(self.names, start=1):
            self.fields[name] = forms.BooleanField(label=labels[name], required=False, initial=name in shown)
            self.fields[f"place_{name}"] = forms.IntegerField(
                min_value=1,
                max_value=99,
                initial=place,
                label=_("Place of “%(column)s”") % {"column": labels[name]},
            )

    def rows(self) -> list[tuple]:
        return [(self[name], self[f"place_{name}"]) for name in self.names]

    def clean(self):
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned[name] for name in self.names):
            raise forms.ValidationError(_("Please choose one column at least."))
        return cleaned

    def chosen(self) -> list[str]:
        """The columns in their order; of a valid form."""
        ticked = [name for name in self.names if self.cleaned_data[name]]
        return sorted(ticked, key=lambda name: self.cleaned_data[f"place_{name}"])


class ChoosesColumns(admin.ModelAdmin):
    """Mixin of the admin of actors."""

    def get_list_display(self, request):
        if not hasattr(request, "list_columns"):
            request.list_columns = [ALWAYS, *columns_of(request.user)]
        return request.list_columns

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if "topics_worked_on" in getattr(request, "list_columns", ()):
            return queryset.prefetch_related("actor_topics__topic")
        return queryset

    @display(description=gettext_lazy("Clusters"))
    def clusters(self, actor):
        return ", ".join(dict.fromkeys(str(one.cluster) for one in actor.memberships.all()))

    @display(description=gettext_lazy("Topics"))
    def topics_worked_on(self, actor):
        return ", ".join(str(one.topic) for one in actor.actor_topics.all())

    def get_urls(self):
        view = self.admin_site.admin_view(self.columns_view)
        return [path("columns/", view, name="actors_actor_columns"), *super().get_urls()]

    def columns_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.get("list", "")
        back = list_address(query)
        if "reset" in request.POST:
            ListColumns.objects.filter(user=request.user).delete()
            messages.success(request, _("The list shows its own columns again."))
            return redirect(back)
        form = ColumnsForm(request.POST or None, shown=columns_of(request.user), labels=self._labels())
        if request.method == "POST" and form.is_valid():
            ListColumns.objects.update_or_create(user=request.user, defaults={"columns": form.chosen()})
            messages.success(request, _("The list shows the columns that you have chosen."))
            return redirect(back)
        context = {
            "title": _("Columns of the list"),
            "opts": self.opts,
            "form": form,
            "back": back,
        }
        return admin_page(request, "admin/bulk/columns.html", context)

    def _labels(self) -> dict[str, str]:
        def label(name: str) -> str:
            own = getattr(type(self), name, None)
            said = getattr(own, "short_description", "")
            return str(said) if said else field_label(Actor._meta.get_field(name))

        return {name: label(name) for name in KNOWN}
