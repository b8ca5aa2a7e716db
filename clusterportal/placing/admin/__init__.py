"""The placing desk and the page of a gap; the admin of actors hangs them in."""

from clusterportal.placing.admin.places import PlacesActors

__all__ = ["PlacesActors"]
