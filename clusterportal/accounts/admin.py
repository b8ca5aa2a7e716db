"""People and groups. Only a superuser hands out rights: nobody can give more than was given to them."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from clusterportal.accounts.models import User
from clusterportal.core.admin import PortalAdmin

RIGHTS = ["role", "is_superuser", "is_staff", "groups", "user_permissions"]


@admin.register(User)
class UserAdmin(BaseUserAdmin, PortalAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "email", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_staff", "is_superuser", "is_active", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": [("username", "email"), "password"]}),
        (_("Person"), {"fields": [("first_name", "last_name"), "language"]}),
        (_("Rights"), {"fields": [("role", "is_active"), ("is_staff", "is_superuser"), "groups", "user_permissions"]}),
        (_("Dates"), {"fields": [("last_login", "date_joined")]}),
    ]  # fmt: skip

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
class GroupAdmin(BaseGroupAdmin, PortalAdmin):
    """Groups carry rights, so they are for superusers."""

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
