"""The nouns of the network: cooperation projects and their partners; what jobs computed."""

from clusterportal.network.models.betweenness import Betweenness
from clusterportal.network.models.project import (
    CooperationProject,
    ProjectArea,
    ProjectLayer,
    ProjectPartner,
)

__all__ = ["Betweenness", "CooperationProject", "ProjectArea", "ProjectLayer", "ProjectPartner"]
