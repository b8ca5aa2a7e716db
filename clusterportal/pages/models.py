"""Texts that the managers edit, and the scripts that other sites embed."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterportal.core.languages import translated
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked

# What a page is called until somebody has written it.
TITLES = {
    "cluster-model": _("The Cluster Model"),
    "imprint": _("Imprint"),
    "privacy": _("Privacy"),
    "accessibility": _("Accessibility statement"),
}


@tracked
class TextPage(Recorded):
    """One text under a fixed address, in every language."""

    slug = models.SlugField(
        _("name"), unique=True, help_text=_("Fixed: the portal links to it by this name.")
    )
    title = translated(models.CharField(_("title"), max_length=160), required=True)
    body = translated(models.TextField(_("text"), blank=True, help_text=_("Markdown.")))

    class Meta(Recorded.Meta):
        ordering = ["slug"]
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(f"pages:{self.slug}")


class EmbedScript(models.Model):
    """A script that was ever served to other sites: their pages name it by its hash, so it stays as it is."""

    name = models.SlugField(_("name"), unique=True)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("embed script")
        verbose_name_plural = _("embed scripts")

    def __str__(self) -> str:
        return self.name
