"""Rights that follow from a role: nothing is copied into groups, so nothing can fall behind."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class RoleBackend(ModelBackend):
    """Django's own backend; a person's role adds the permissions that `settings.ROLES` gives it."""

    def get_all_permissions(self, user_obj, obj=None):
        given = super().get_all_permissions(user_obj, obj)
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return given
        return given | settings.ROLES.get(user_obj.role, frozenset())

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and any(
            permission.startswith(f"{app_label}.") for permission in self.get_all_permissions(user_obj)
        )
