"""Who signed in and out, with what, and what failed: a line each in the log, without names, addresses and secrets."""

import logging

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


@receiver(user_logged_in)
def _in(sender, request, user, **kwargs) -> None:
    methods = [one.get("method", "") for one in request.session.get("account_authentication_methods", ())]
    logger.info("person %s signed in (%s)", user.pk, ", ".join(methods) or "password")


@receiver(user_logged_out)
def _out(sender, request, user, **kwargs) -> None:
    if user is not None:
        logger.info("person %s signed out", user.pk)


@receiver(user_login_failed)
def _failed(sender, credentials, **kwargs) -> None:
    """Attempts on one account can be told together, and nobody reads which account it is."""
    login = str(credentials.get("username") or credentials.get("email") or credentials.get("login") or "")
    which = salted_hmac("accounts.sign_in_log", login.casefold(), algorithm="sha256").hexdigest()[:12]
    logger.warning("sign-in failed (account %s)", which)


@receiver(authentication_failed)
def _factor_failed(sender, user, **kwargs) -> None:
    logger.warning("second factor of person %s failed", user.pk)


_SAID = {
    password_changed: "person %s changed the password",
    password_reset: "person %s reset the password",
    authenticator_added: "person %s set up a second factor",
    authenticator_removed: "person %s removed a second factor",
    authenticator_reset: "person %s made new recovery codes",
}


def _noting(sentence: str):
    def note(sender, user, **kwargs) -> None:
        logger.info(sentence, user.pk)

    return note


for _signal, _sentence in _SAID.items():
    _signal.connect(_noting(_sentence), weak=False)
