"""People and groups. Only a superuser hands out rights: nobody can give more than was given to them."""

from allauth.mfa.admin import AuthenticatorAdmin as BaseAuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from clusterportal.accounts.domain import invitation
from clusterportal.accounts.enums import WORK_IN_TEAMS
from clusterportal.accounts.forms import NewPersonForm, PersonForm
from clusterportal.accounts.models import User
from clusterportal.core.admin import PortalAdmin, fieldset

RIGHTS = ["role", "groups"]
_VERBS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}


class PermissionsField(forms.ModelMultipleChoiceField):
    """Rights on what the admin shows, in the reader's language; of the machinery nobody needs any."""

    widget = UnfoldAdminCheckboxSelectMultipleWidget

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = Q()
        for meta in (model._meta for model in admin.site._registry if _has_rights(model)):
            kinds |= Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
        self.queryset = Permission.objects.filter(kinds).select_related("content_type")

    def label_from_instance(self, permission) -> str:
        model = permission.content_type.model_class()
        verb = _VERBS.get(permission.codename.removesuffix(f"_{permission.content_type.model}"))
        return f"{capfirst(model._meta.verbose_name_plural)}: {verb or gettext(permission.name)}"


def _has_rights(model) -> bool:
    """Models of the portal itself, and groups; what changed is shown by the rights on what was changed."""
    is_own = model.__module__.partition(".")[0] in {"actors", "applications", "clusterportal", "layers"}
    return model is Group or (is_own and model._meta.label_lower != "history.revision")


class RightsInWords(BaseModelAdmin):
    """Mixin: groups and rights are ticked, not moved between two long boxes."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name in ("user_permissions", "permissions"):
            kwargs |= {"form_class": PermissionsField, "help_text": ""}
            return db_field.formfield(**kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class UserAdmin(RightsInWords, BaseUserAdmin, PortalAdmin):  # type: ignore[misc]  # Django's get_form is narrower
    form = PersonForm
    add_form = NewPersonForm
    change_form_template = add_form_template = "admin/accounts/person.html"
    change_password_form = AdminPasswordChangeForm
    list_display = ["named", "email", "role", "invitation", "is_active", "last_login"]
    list_filter = [("role", ChoicesDropdownFilter), ("is_active", BooleanRadioFilter)]
    search_fields = ["username", "email", "first_name", "last_name"]
    ordering = ["last_name", "username"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        fieldset(None, ("first_name", "last_name"), ("email", "username"), ("language", "is_active")),
        fieldset(_("What the person may do"), "role"),
        fieldset(_("Dates"), ("last_login", "date_joined")),
    ]
    add_fieldsets = [
        fieldset(None, ("first_name", "last_name"), ("email", "language"), "invite"),
        fieldset(_("What the person may do"), "role"),
    ]

    def get_urls(self):
        invite_again = self.admin_site.admin_view(self.invite)
        return [path("<int:pk>/invite/", invite_again, name="accounts_user_invite"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        """Groups where there are any: they give further rights, in words on their own page."""
        found = super().get_fieldsets(request, obj)
        if obj is None or not Group.objects.exists():
            return found
        return [*found[:2], fieldset(_("Groups"), "groups"), *found[2:]]

    # ---------- the list ----------
    @display(description=_("Name"), ordering="last_name")
    def named(self, person):
        return person.get_full_name() or person.get_username()

    @display(description=_("Sign-in"), ordering="invited_at")
    def invitation(self, person):
        return invitation.state_of(person).label

    # ---------- the page ----------
    def render_change_form(self, request, context, *args, **kwargs):
        person = context.get("original")
        if person is not None:
            context |= {
                "invitation": invitation.state_of(person),
                "valid_until": invitation.valid_until(person),
                "may_invite": request.user.is_superuser,
                # The teams are the clusters' (`clusters.TeamMember`), which stand above the accounts.
                "lacks_team": person.role in WORK_IN_TEAMS and not person.team_memberships.exists(),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.cleaned_data.get("invite"):
            self._invite(request, form.instance)

    def invite(self, request, pk: int):
        """Send the invitation once more."""
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._invite(request, person)
        return redirect("admin:accounts_user_change", pk)

    def _invite(self, request, person) -> None:
        try:
            invitation.invite(person=person, by=request.user)
        except invitation.CannotInvite as refused:
            messages.error(request, str(refused))
        else:
            text = gettext("An invitation is on its way to %(address)s.")
            messages.success(request, text % {"address": person.email})

    # ---------- who ----------
    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, *RIGHTS]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request, person) -> bool:
        return request.user.is_superuser or person is None or not person.is_superuser


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(RightsInWords, BaseGroupAdmin, PortalAdmin):
    """Groups carry rights, so they are for superusers."""

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(BaseAuthenticatorAdmin):
    """Second factors: people make their own; administrators take one away that was lost."""

    def has_add_permission(self, request):
        return False
