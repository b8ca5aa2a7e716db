"""Authentication, and permissions computed from the role: no copy in groups can get out of date."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.conf import settings


class RoleBackend(AuthenticationBackend):
    """Sign-in by name or e-mail; a person's role adds the permissions that `settings.ROLES` gives it.

    It is the only backend: a second one would check passwords once more, and the time that takes would tell which
    accounts there are.
    """

    def _authenticate(self, request, **credentials):
        """Check the password once for each account that is meant, mostly one; allauth checks a stranger's once too."""
        login = credentials.get("username") or credentials.get("email") or ""
        named = get_user_by_username(login)
        meant = {
            user.pk: user
            for user in [*filter_users_by_email(login, prefer_verified=True, for_login=True), named]
            if user
        }
        for user in meant.values():
            if found := self._check_password(user, credentials["password"]):
                return found
        return None

    def get_all_permissions(self, user_obj, obj=None):
        given = super().get_all_permissions(user_obj, obj)
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return given
        return given | settings.ROLES.get(user_obj.role, frozenset())

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and any(
            permission.startswith(f"{app_label}.") for permission in self.get_all_permissions(user_obj)
        )
