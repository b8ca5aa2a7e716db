"""A contribution shown to colleagues before everybody sees it: by a link that ends after a week and changes nothing."""

from datetime import timedelta

from clusterportal.core.signed_links import BadLink, SignedLink
from clusterportal.newsroom.models import Contribution

PREVIEW = SignedLink("pages:contribution-preview", salt="newsroom.preview", valid_for=timedelta(days=7))


def previewed(token: str) -> Contribution:
    """The contribution that the link shows, in whatever state it is. Raises BadLink, ExpiredLink."""
    found = Contribution.objects.with_parts().filter(uid=str(PREVIEW.key(token))).first()
    if found is None:
        raise BadLink
    return found
