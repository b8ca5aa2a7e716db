"""Texts that the managers edit, words explained, and the scripts that other sites embed."""

from django.contrib.postgres.functions import RandomUUID
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
# The four texts that BITV 2.0, section 4, asks for in easy language; together they are one page.
EASY_TITLES = {
    "easy-content": _("What you find here"),
    "easy-navigation": _("How to find your way"),
    "easy-accessibility": _("What the accessibility statement says"),
    "easy-more": _("More in easy language"),
}
JOIN = "join"  # the text under the page on taking part: what the managers want to add


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
        if self.is_easy:
            return f"{reverse('pages:easy-language')}#{self.slug}"
        return reverse(f"pages:{self.slug}")

    @property
    def is_easy(self) -> bool:
        """Is it one of the texts in easy language?"""
        return self.slug in EASY_TITLES


@tracked
class GlossaryEntry(Recorded):
    """A word of the model or of the portal, explained under an anchor that stays."""

    slug = models.SlugField(
        _("anchor"), unique=True, help_text=_("Fixed: pages link to the word by this name.")
    )
    term = translated(models.CharField(_("term"), max_length=120), required=True)
    definition = translated(
        models.TextField(
            _("explanation"), blank=True, help_text=_("Markdown. One or two sentences say more than ten.")
        )
    )

    class Meta(Recorded.Meta):
        ordering = ["slug"]
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return f"{reverse('pages:glossary')}#{self.slug}"


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


class FeedNamespace(models.Model):
    """What makes the ids of feeds this portal's own, whatever its address is. One row; backups take it along."""

    uid = models.UUIDField(db_default=RandomUUID())

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="feednamespace_is_one_row")]

    def __str__(self) -> str:
        return str(self.uid)
