"""What a contribution lacks before everybody may see it, and how that is mended."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|webp|gif|tiff?)", re.IGNORECASE)


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: the field to fill in, and a sentence that says so."""

    field: str
    sentence: str


def lacks_of(contribution: Contribution) -> list[Lack]:
    """Everything that keeps the contribution from being published, in the order of its form; empty when it is ready."""
    return [*_of_texts(contribution), *_of_picture(contribution), *_of_event(contribution)]


def _of_texts(contribution: Contribution) -> list[Lack]:
    found = []
    for code in contribution.languages:
        if not (getattr(contribution, f"lead_{code}") or getattr(contribution, f"body_{code}")):
            text = _("The headline in %(language)s has no text yet: write a lead, or take the headline away.")
            found.append(Lack(f"lead_{code}", text % {"language": _language(code)}))
    return found


def _of_picture(contribution: Contribution) -> list[Lack]:
    if not contribution.image:
        return []
    found = []
    if not contribution.image_credit:
        text = _("The picture names nobody who made it: fill in its credit, or take the picture away.")
        found.append(Lack("image_credit", text))
    nothing = _(
        "The picture has no alternative text in %(language)s: say what is seen, or mark it as decorative."
    )
    a_name = _("The alternative text in %(language)s is the name of a file: say what is seen.")
    for code in [] if contribution.image_is_decorative else contribution.languages:
        said = getattr(contribution, f"image_alt_{code}").strip()
        if not said or _FILE_NAME.fullmatch(said):
            text = a_name if said else nothing
            found.append(Lack(f"image_alt_{code}", text % {"language": _language(code)}))
    return found


def _of_event(contribution: Contribution) -> list[Lack]:
    if contribution.kind != Kind.EVENT:
        return []
    needed = {
        "event_kind": _("The event is of no kind yet: choose one."),
        "starts_at": _("The event has no begin yet: fill in day and time."),
    }
    found = [Lack(name, text) for name, text in needed.items() if not getattr(contribution, name)]
    if not (contribution.place or contribution.online_url):
        text = _("The event takes place nowhere yet: fill in a place, or where it is online.")
        found.append(Lack("place", text))
    return found


def _language(code: str) -> str:
    return get_language_info(code)["name_translated"]
