"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.core.picture_files import KEPT_FOR as PICTURES_KEPT
from clusterportal.history.processing import Activity, Basis, Kept, Term, no_people, process
from clusterportal.history.unused_files import KEPT_FOR
from clusterportal.newsroom.models import Contribution, File, Link, WithdrawnEvent
from clusterportal.newsroom.querysets import CANCELLED_STAYS

_STANDS = Term(_("as long as the contribution stands"))
process(
    Activity(
        code="newsroom",
        name=_("News, events and success stories"),
        purpose=_("Telling the public what happens in the region."),
        bases=(Basis.INTEREST, Basis.CONSENT),
        people=_("People whom a text names or a picture shows"),
        recipients=_("Everybody, worldwide, once it is published"),
        kept=(
            Kept(
                Contribution, ["title", "subtitle", "lead", "body", "slug", "source"], _STANDS, may_name=True
            ),
            Kept(
                Contribution,
                ["image", "image_credit", "image_caption", "image_alt"],
                _STANDS,
                may_name=True,
            ),
            Kept(
                Contribution,
                ["place", "online_url", "organiser_words", "registration_url"],
                _STANDS,
                may_name=True,
            ),
            Kept(File, ["file", "name", "label"], _STANDS, may_name=True),
            Kept(Link, ["label", "url"], _STANDS, may_name=True),
            Kept(
                WithdrawnEvent,
                ["title", "slug"],
                Term(_("after the event was withdrawn"), CANCELLED_STAYS, "newsroom.forget_withdrawn"),
                may_name=True,
            ),
            Kept(
                _("Files of deleted contributions"),
                [_("File")],
                Term(_("after the contribution was deleted"), KEPT_FOR, "newsroom.forget_unused_files"),
                may_name=True,
            ),
            Kept(
                _("Pictures that are no longer used"),
                [_("File")],
                Term(_("after they were replaced"), PICTURES_KEPT, "clusterportal.core.tasks.tidy_pictures"),
                may_name=True,
            ),
        ),
    )
)
no_people(File, "language", "media_type", why="codes")
no_people(Link, "language", why="a code")
