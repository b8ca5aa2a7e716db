from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Tables become actors: what a file says, which actor a row means, what would change, writing it."""

    name = "clusterportal.intake"
    label = "intake"
