"""A test mail of an issue, to oneself."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from clusterportal.core.mailing import send_once
from clusterportal.newsletters.domain import headers
from clusterportal.newsletters.domain.addresses import BOUNCE, sealed_address
from clusterportal.newsletters.domain.composing import content_of
from clusterportal.newsletters.domain.reader_links import UNSUBSCRIBE
from clusterportal.newsletters.domain.rendering import Reader, Rendered, rendered
from clusterportal.newsletters.domain.scheduling import may_send, refuse_standstill
from clusterportal.newsletters.models import Issue, MailingList

TASK = "newsletters.send_test"  # which stands above this module


def order_test(*, issue: Issue, language: str, by) -> None:
    """Have a test mail sent to the address of one’s own account. Raises PermissionDenied, ValidationError."""
    if not may_send(by, issue):
        raise PermissionDenied
    if language not in issue.languages:
        raise ValidationError(_("The issue has no title in this language."))
    if not by.email:
        raise ValidationError(_("Your account has no e-mail address."))
    refuse_standstill()
    app.configure_task(TASK, queue="mail").defer(
        issue=issue.pk, language=language, to=by.email, key=str(uuid.uuid4())
    )


def send_test(*, issue: int, language: str, to: str, key: str) -> None:
    """Set the issue as it is now and send it; its links belong to nobody, so they do nothing."""
    found = Issue.objects.filter(pk=issue).first()
    if found is None or language not in found.languages:
        return
    text, html, mail = *as_seen(found, language=language), uuid.UUID(key)
    a_list = MailingList.objects.filter(cluster=found.cluster_id, language=language).first()
    send_once(
        key=key,
        subject=_("Test: %(subject)s") % {"subject": _set(found, language).subject},
        body=text,
        html=html,
        to=to,
        returns_to=sealed_address(BOUNCE, mail),
        headers=headers.of_issue(list=a_list or MailingList(slug="test"), key=mail, leave=_nobodys(language)),
    )


def as_seen(issue: Issue, *, language: str) -> tuple[str, str]:
    """Text and HTML as a reader would get them, for previews."""
    a_list = MailingList.objects.filter(cluster=issue.cluster_id, language=language).first()
    name = a_list.name if a_list else str(issue.cluster or "")
    link = _nobodys(language)
    reader = Reader(list_name=name, since=timezone.now(), leave=link, choice=link)
    return _set(issue, language).for_reader(reader)


def _set(issue: Issue, language: str) -> Rendered:
    return rendered(content_of(issue, language=language), slug=issue.slug, language=language)


def _nobodys(language: str) -> str:
    return UNSUBSCRIBE.address(str(uuid.UUID(int=0)), language=language)
