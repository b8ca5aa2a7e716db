"""What the room keeps of people, for the record of processing."""

from clusterportal.history.processing import no_people
from clusterportal.management.models import YearFigure

no_people(YearFigure, "code", why="the code of a figure")
