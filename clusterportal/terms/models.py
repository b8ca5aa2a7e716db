"""The base of other words for a term. A term is a record with a translated name: a topic, an application area."""

from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of, printable
from clusterportal.core.functions import Spelling, folded_column
from clusterportal.core.languages import column_names
from clusterportal.core.spelling import spelling
from clusterportal.history.models import Recorded
from clusterportal.terms.enums import SynonymKind

LONGEST_SYNONYM = 160  # characters of a synonym


class Synonym(Recorded):
    """Another word for a term; each class names its term by the field `term_field`."""

    term_field: str

    name = models.CharField(_("synonym or acronym"), max_length=LONGEST_SYNONYM)
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=SynonymKind,
        default=SynonymKind.SYNONYM,
        db_default=SynonymKind.SYNONYM,
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: the same in every language."),
    )
    key = folded_column(F("name"), by=Spelling)

    class Meta(Recorded.Meta):
        abstract = True
        ordering = ["key", "pk"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms and acronyms")

    def __str__(self) -> str:
        return self.name

    def clean(self):
        """A synonym says something else than the names do."""
        term = getattr(self, self.term_field, None)
        names = [getattr(term, column, "") for column in column_names("name")]
        if spelling(self.name) in {spelling(name) for name in names if name}:
            raise ValidationError({"name": _("That is the name already.")})


def once_a_term(field: str, *, table: str) -> list[models.BaseConstraint]:
    """The constraints of a class of synonyms: each word once a term, however it is spelt, and never empty."""
    return [
        models.UniqueConstraint(
            fields=[field, "key"],
            name=f"{table}_once_a_{field}",
            violation_error_message=_("This word stands there already."),
        ),
        models.CheckConstraint(condition=~models.Q(key=""), name=f"{table}_has_a_word"),
        one_of("kind", SynonymKind, table=table),
        printable("name", table=table),
    ]


def synonyms_of(model: type[models.Model]) -> type[Synonym]:
    """The class of the other words for the terms of `model`."""
    return cast(type[Synonym], model._meta.get_field("synonyms").related_model)
