"""Contributions, what they name, their links and files, and what members sent in."""

from clusterportal.newsroom.models.constraints import TRANSLATED_TEXTS
from clusterportal.newsroom.models.contribution import ARTICLE, FEATURE, PAGES, Contribution
from clusterportal.newsroom.models.document import ContributionDocument
from clusterportal.newsroom.models.parts import (
    ContributionActor,
    ContributionArea,
    ContributionCluster,
    File,
    Link,
)
from clusterportal.newsroom.models.submission import Submission
from clusterportal.newsroom.models.withdrawn import WithdrawnEvent

__all__ = [
    "ARTICLE",
    "FEATURE",
    "PAGES",
    "TRANSLATED_TEXTS",
    "Contribution",
    "ContributionActor",
    "ContributionArea",
    "ContributionCluster",
    "ContributionDocument",
    "File",
    "Link",
    "Submission",
    "WithdrawnEvent",
]
