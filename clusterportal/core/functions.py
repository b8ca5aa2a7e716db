"""SQL functions of `sql/text.sql` as Django expressions."""

import pgtrigger
from django.db import models
from django.db.models import Func


class Fold(Func):
    """`registry_fold(text)`: lower case without accents, umlauts as base letters, sharp s as ss.

    Sorting by it follows DIN 5007-1 (dictionary order); searching by it forgives accents and case.
    Immutable, so that generated columns and indexes may use it.
    """

    function = "registry_fold"
    arity = 1
    output_field = models.TextField()


class SortKey(Func):
    """A folded name without the quotation marks and brackets before its first letter or digit: „Anker“ stands at A."""

    template = """ltrim(registry_fold(%(expressions)s), ' "''<>()[]{}*#.,-_')"""
    arity = 1
    output_field = models.TextField()


class Spelling(Func):
    """`registry_spelling(text)`: folded, without punctuation, umlauts as base letters also where they are spelt out."""

    function = "registry_spelling"
    arity = 1
    output_field = models.TextField()


class Host(Func):
    """The host of a web address in small letters, without www; NULL where there is none."""

    template = r"lower(substring(%(expressions)s from '^[A-Za-z]+://(?:[^/@]*@)?(?:[Ww]{3}\.)?([^/:?#]+)'))"
    arity = 1
    output_field = models.TextField()


def folded_column(expression, *, by=Fold, **options) -> models.GeneratedField:
    """A stored column that the database keeps equal to the folded `expression`; sorts bytewise."""
    return models.GeneratedField(
        expression=by(expression),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
        **options,
    )


def gathered_column() -> models.TextField:
    """A column that `gathers()` keeps; no person fills it in."""
    return models.TextField(default="", editable=False, db_collation="C")


def gathers(column: str, *sources: str) -> pgtrigger.Trigger:
    """A trigger that keeps `column` equal to the folded texts of the columns `sources`, a blank between them.

    A generated column could not follow a further language: its expression cannot be migrated, a trigger can.
    """
    texts = ", ".join(f"NEW.{source}" for source in sources)
    return pgtrigger.Trigger(
        name=f"gather_{column}",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"NEW.{column} = registry_fold(concat_ws(' ', {texts})); RETURN NEW;",
    )
