from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AtlasConfig(AppConfig):
    """The competence atlas and other documents of the registry, as accessible PDF."""

    name = "clusterportal.atlas"
    label = "atlas"
    verbose_name = _("competence atlas")

    def ready(self):
        from clusterportal.atlas.domain import processing  # noqa: F401 - what the room knows of people

        # Late, because these read models.
        from clusterportal.atlas.domain.health import examine_atlases
        from clusterportal.atlas.domain.kept_atlases import forget_all
        from clusterportal.atlas.filters import chosen
        from clusterportal.core.doctor import also_examine
        from clusterportal.history.erasure import after_erasing

        after_erasing(forget_all)
        also_examine(partial(examine_atlases, chosen))
