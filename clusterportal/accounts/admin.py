"""People and groups. Only a superuser hands out rights: nobody can give more than was given to them."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminSelectWidget

from clusterportal.accounts.models import User
from clusterportal.core.admin import PortalAdmin

RIGHTS = ["role", "is_superuser", "is_staff", "groups", "user_permissions"]
_VERBS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}


class PermissionsField(forms.ModelMultipleChoiceField):
    """Rights on what the admin shows, in the reader's language; of the machinery nobody needs any."""

    widget = UnfoldAdminSelect2MultipleWidget

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
    """Mixin: groups and rights are chosen by searching, not from two long boxes."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name in ("user_permissions", "permissions"):
            kwargs |= {"form_class": PermissionsField, "help_text": ""}
            return db_field.formfield(**kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class UserAdmin(RightsInWords, BaseUserAdmin, PortalAdmin):  # type: ignore[misc]  # Django's get_form is narrower
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "email", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_staff", "is_superuser", "is_active", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": [("username", "email"), "password"]}),
        (_("Person"), {"fields": [("first_name", "last_name"), "language"]}),
        (_("Rights"), {"fields": [("role", "is_active")]}),
        (
            _("Rights beside the role"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("is_staff", "is_superuser"),
                    "groups",
                    "user_permissions",
                ],
            },
        ),
        (_("Dates"), {"fields": [("last_login", "date_joined")]}),
    ]
    add_fieldsets = [
        (None, {"fields": [("username", "email"), ("role", "language"), ("password1", "password2")]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            choices = [("", _("as the portal: %(language)s") % {"language": settings.LANGUAGES[0][1]})]
            return forms.ChoiceField(
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
                required=False,
                choices=[*choices, *settings.LANGUAGES],
                widget=UnfoldAdminSelectWidget,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

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
