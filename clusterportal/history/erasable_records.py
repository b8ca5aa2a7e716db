"""What the portal itself keeps of a person: accounts, sessions, and jobs that hold a mail."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.translation import gettext as _
from pghistory.models import Context

from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.history.text_columns import leaves

ERASED = "erased"
_JOBS = "procrastinate_jobs"


# ---------- accounts ----------
def _find_accounts(search: Search) -> list[PersonFinding]:
    User = get_user_model()
    hits = {hit.record: hit for hit in search.within(User)}
    by_address = (
        [] if not search.person.email else EmailAddress.objects.filter(email__iexact=search.person.email)
    )
    keys = {*hits, *(str(one.user_id) for one in by_address)}
    acts = _acts_of(search)
    return [
        PersonFinding(
            str(user.pk),
            _("Account"),
            user.get_username(),
            user.email,
            places=frozenset([(User._meta.db_table, str(user.pk)), *acts.get(str(user.pk), [])]),
            is_sure=search.person.has_email(user.email),
        )
        for user in User.objects.filter(pk__in=keys).order_by("pk")
    ]


def _acts_of(search: Search) -> dict[str, list[tuple[str, str]]]:
    """What the history says about acts, by the account that did them, where it names the person."""
    places = {hit.record: hit.place for hit in search.within(Context)}
    found: dict[str, list] = {}
    for pk, user in Context.objects.filter(pk__in=places).values_list("pk", "metadata__user"):
        found.setdefault(str(user), []).append(places[str(pk)])
    return found


def _erase_accounts(keys: list[str], person: Person) -> int:
    """The account stays as an empty shell, so that what it did keeps its place; its name goes, in history too."""
    User = get_user_model()
    users = User.objects.filter(pk__in=keys)
    for user in users:
        user.username, user.email, user.first_name, user.last_name = f"{ERASED}-{user.pk}", "", "", ""
        user.role, user.is_active, user.is_staff, user.is_superuser = "", False, False, False
        user.set_unusable_password()
        user.save()
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
        ).update(object_repr=user.username)
        with connection.cursor() as cursor:
            cursor.execute("SELECT history_forget_account(%s)", [str(user.pk)])
    Session.objects.filter(
        pk__in=[one.pk for one, content in _sessions() if content.get(SESSION_KEY) in keys]
    ).delete()
    return len(users)


# ---------- sessions ----------
def _sessions() -> Iterable[tuple[Session, dict]]:
    return ((session, session.get_decoded()) for session in Session.objects.iterator())


def _find_sessions(search: Search) -> list[PersonFinding]:
    return [
        PersonFinding(session.pk, _("Session"), _("A visit that is signed in"))
        for session, content in _sessions()
        if any(search.person.spots(text) for text in leaves(content))
    ]


def _erase_sessions(keys: list[str], person: Person) -> int:
    return Session.objects.filter(pk__in=keys).delete()[0]


# ---------- jobs ----------
def _find_jobs(search: Search) -> list[PersonFinding]:
    """Mails to the person, waiting or sent; a mail to others that names the person is a text like any other."""
    hits = {hit.record for hit in search.hits if hit.table.name == _JOBS}
    if not hits:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, args->>'to', args->>'subject', status IN ('todo', 'doing') FROM {_JOBS} "
            "WHERE id = ANY(%s) ORDER BY id",
            [[int(key) for key in hits]],
        )
        rows = cursor.fetchall()
    return [
        PersonFinding(
            str(pk),
            _("Mail that waits") if is_open else _("Mail that was dealt with"),
            subject or "",
            to or "",
            places=frozenset([(_JOBS, str(pk))]),
            is_sure=search.person.has_email(to or ""),
        )
        for pk, to, subject, is_open in rows
        if not is_open or search.person.spots(to or "")
    ]


def _erase_jobs(keys: list[str], person: Person) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_JOBS} WHERE id = ANY(%s)", [[int(key) for key in keys]])
        return cursor.rowcount


erasable("account", find=_find_accounts, erase=_erase_accounts)
erasable("session", find=_find_sessions, erase=_erase_sessions)
erasable("job", find=_find_jobs, erase=_erase_jobs)
