"""Contributions, what they name, and their links and files."""

from clusterportal.newsroom.models.contribution import Contribution
from clusterportal.newsroom.models.parts import (
    ContributionActor,
    ContributionArea,
    ContributionCluster,
    File,
    Link,
)

__all__ = [
    "Contribution",
    "ContributionActor",
    "ContributionArea",
    "ContributionCluster",
    "File",
    "Link",
]
