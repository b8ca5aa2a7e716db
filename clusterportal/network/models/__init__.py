"""The nouns of the network: cooperation projects and their partners."""

from clusterportal.network.models.project import (
    CooperationProject,
    ProjectArea,
    ProjectLayer,
    ProjectPartner,
)

__all__ = ["CooperationProject", "ProjectArea", "ProjectLayer", "ProjectPartner"]
