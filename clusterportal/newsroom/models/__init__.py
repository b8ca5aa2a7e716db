"""Contributions, what they name, and their links and files."""

from clusterportal.newsroom.models.contribution import ARTICLE, FEATURE, PAGES, Contribution
from clusterportal.newsroom.models.parts import (
    ContributionActor,
    ContributionArea,
    ContributionCluster,
    File,
    Link,
)

__all__ = [
    "ARTICLE",
    "FEATURE",
    "PAGES",
    "Contribution",
    "ContributionActor",
    "ContributionArea",
    "ContributionCluster",
    "File",
    "Link",
]
