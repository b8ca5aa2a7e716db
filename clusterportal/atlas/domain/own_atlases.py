"""An atlas of one's own selection: asked for, made by a job, kept for a week."""

from datetime import timedelta
from time import monotonic

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from clusterportal.atlas.domain import content
from clusterportal.atlas.domain.atlas_document import make
from clusterportal.atlas.domain.kept_atlases import forget, storage
from clusterportal.atlas.domain.selecting import BadSelection, Choose
from clusterportal.atlas.domain.typesetting import CannotSet
from clusterportal.atlas.enums import AtlasState
from clusterportal.atlas.models import Atlas
from clusterportal.atlas.querysets import AtlasQuerySet
from clusterportal.atlas.rules import can_make
from clusterportal.core.english_words import plain_words

KEPT_FOR = timedelta(days=7)
MOST_A_DAY = 20  # of one person


class NotNow(Exception):
    """The person has to wait; the message says what for."""


@transaction.atomic
def ask(*, query: str, language: str, by, choose: Choose) -> Atlas:
    """Note that `by` wants an atlas of whom the filters choose; a job makes it. Raises BadSelection, NotNow."""
    if not can_make(by):
        raise PermissionDenied
    own = Atlas.objects.asked_for().filter(asked_by=by)
    end_abandoned(own)
    if own.filter(asked_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        text = ngettext("%(number)d atlas a day", "%(number)d atlases a day", MOST_A_DAY) % {
            "number": MOST_A_DAY
        }
        raise NotNow(_("That is enough for today: %(most)s.") % {"most": text})
    with override(language), plain_words():
        found = choose(query)
    try:
        with transaction.atomic():
            return Atlas.objects.create(
                query=query, language=language, scope=found.scope, total=found.selection.count(), asked_by=by
            )
    except IntegrityError as error:
        raise NotNow(_("Your last atlas is still being set. Please wait until it is done.")) from error


def produce(atlas: Atlas, *, choose: Choose) -> None:
    """Set the atlas and keep its file; what goes wrong is said in its row."""
    begun = monotonic()
    _tell(atlas, state=AtlasState.READING, done=0, message="")
    try:
        with override(atlas.language):
            moment = timezone.now()
            found = choose(atlas.query, scope=str(atlas.cluster) if atlas.cluster else "")
            _tell(atlas, total=found.selection.count())
            gathered = content.atlas(
                found.selection,
                found.taxonomy,
                scope=found.scope,
                on_progress=lambda done: _tell(atlas, done=done),
            )
            document, report = make(gathered, on_setting=lambda: _tell(atlas, state=AtlasState.SETTING))
            lines = report.lines()
    except (BadSelection, CannotSet) as error:
        storage().delete(atlas.file)
        _tell(atlas, state=AtlasState.FAILED, message=str(error))
        return
    storage().delete(atlas.file)
    storage().save(atlas.file, ContentFile(document.pdf))
    _tell(
        atlas,
        state=AtlasState.DONE,
        scope=found.scope,
        made_at=moment,
        pages=document.pages,
        size=len(document.pdf),
        seconds=round(monotonic() - begun, 1),
        remarks=lines,
        actors=gathered.actors,
        people=gathered.people,
    )


def end_abandoned(atlases: AtlasQuerySet) -> None:
    """Say of those that nobody works at any more that they broke off, so that nobody waits for them."""
    for atlas in atlases.abandoned():
        with override(atlas.language):
            _tell(atlas, state=AtlasState.FAILED, message=_("It broke off."))


def forget_old() -> None:
    """Atlases that people asked for go after a week."""
    for atlas in Atlas.objects.asked_for().filter(asked_at__lt=timezone.now() - KEPT_FOR):
        forget(atlas)


def _tell(atlas: Atlas, **news) -> None:
    for name, value in news.items():
        setattr(atlas, name, value)
    atlas.heard_at = timezone.now()
    atlas.save(update_fields=[*news, "heard_at"])
