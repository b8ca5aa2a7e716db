"""Who asks: a partner by its key, or anybody. What a key may do is asked by permissions."""

from functools import cache

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from clusterportal.partners.domain import keys


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`: `request.auth` is the key, `request.user` the account of its partner.

    Other schemes are not ours, such as the password that a proxy asks for. A key that never was, one that ended and
    one that was revoked get the same answer.
    """

    def authenticate(self, request):
        scheme, _space, text = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        key = keys.find(text.strip().decode("latin-1"))
        if key is None:
            raise AuthenticationFailed(_("The key is not valid: it is unknown, has ended or was revoked."))
        return key.partner.account, key

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


@cache
def HasScope(name: str) -> type[BasePermission]:
    """A permission: only with a key that has the scope `name`. Asked before any record is looked for."""

    class Scoped(BasePermission):
        scope = name

        @property
        def message(self) -> str:
            return _("The key may not do this: it needs the scope “%(name)s”.") % {"name": name}

        def has_permission(self, request, view):
            return request.auth is not None and request.auth.has_scope(name)

    return Scoped
