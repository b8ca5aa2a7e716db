"""What the layers keep of people, for the record of processing: nothing."""

from clusterportal.history.processing import no_people
from layers.models import Layer

no_people(
    Layer, "slug", "name", "claim", "description", why="the five layers of the Cluster Model, explained"
)
