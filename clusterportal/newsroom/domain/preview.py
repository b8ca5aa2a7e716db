"""A contribution shown to colleagues before everybody sees it: by a link that ends after a week and changes nothing."""

from datetime import timedelta

from clusterportal.core.pictures import copy_names
from clusterportal.core.signed_links import BadLink, SignedLink
from clusterportal.newsroom.models import ARTICLE, Contribution, File

PREVIEW = SignedLink("pages:contribution-preview", salt="newsroom.preview", valid_for=timedelta(days=7))


def previewed(token: str) -> Contribution:
    """The contribution that the link shows, in whatever state it is. Raises BadLink, ExpiredLink."""
    found = Contribution.objects.with_parts().filter(uid=str(PREVIEW.key(token))).first()
    if found is None:
        raise BadLink
    return found


def opens_picture(token: str, name: str) -> bool:
    """Whether the page behind the link shows this picture, or the one that it is a copy of."""
    try:
        original = str(previewed(token).image)
    except BadLink:
        return False
    return bool(original) and name in (original, *copy_names(original, (ARTICLE,)))


def opens_file(token: str, kept: File) -> bool:
    """Whether the page behind the link offers this file."""
    try:
        return previewed(token).pk == kept.contribution_id
    except BadLink:
        return False
