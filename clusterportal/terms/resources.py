"""Terms as tables, with their other words; a row that is probably a second spelling waits for somebody's word."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.core.spelling import spelling
from clusterportal.core.texts import clean_line
from clusterportal.history.resources import NAME, UNDECIDED, NamedResource, PartColumn, PartsWidget, RowResult
from clusterportal.tables.skipped_lines import filled
from clusterportal.terms.domain.remembering import kind_of
from clusterportal.terms.domain.similar_terms import NearTerms
from clusterportal.terms.enums import SynonymKind
from clusterportal.terms.models import LONGEST_SYNONYM, synonyms_of

KIND_OF = {"synonyms": SynonymKind.SYNONYM, "acronyms": SynonymKind.ACRONYM}
_NOBODY = object()  # the decision about a row that nobody has made


class Words(PartsWidget):
    """Words between bars or commas, each with its language before it where it has one: `de:KI | en:AI | HPC`."""

    def clean(self, value, row=None, **kwargs) -> list[str]:
        """The words in the order of their spelling, each once; raises ValueError with a reason for people."""
        words: dict[str, str] = {}
        for item in self.items(value):
            language, word = parted(clean_line(item))
            if len(word) > LONGEST_SYNONYM:
                raise ValueError(
                    _("“%(word)s” is longer than %(limit)s characters.")
                    % {"word": word, "limit": LONGEST_SYNONYM}
                )
            if spelling(word):
                words.setdefault(spelling(word), as_item(language, word))
        return [words[key] for key in sorted(words)]

    def is_same(self, value, current) -> bool:
        return sorted(value or []) == sorted(current or [])


def parted(item: str) -> tuple[str, str]:
    """The language and the word of an item: `de:KI` -> `("de", "KI")`; no language stands for every one."""
    language, colon, word = item.partition(":")
    if colon and language.strip().lower() in LANGUAGE_CODES:
        return language.strip().lower(), word.strip()
    return "", item.strip()


def as_item(language: str, word: str) -> str:
    return f"{language}:{word}" if language else word


def items_of(synonyms, kind: str) -> list[str]:
    """The words of one kind as a cell has them."""
    return [as_item(one.language, one.name) for one in synonyms if one.kind == kind]


class TermResource(NamedResource):
    """A list of terms. A new name that is nearly one of the registry's has to be decided about first."""

    synonyms = PartColumn("synonyms", Words(), gettext_lazy("Synonyms"))
    acronyms = PartColumn("acronyms", Words(), gettext_lazy("Acronyms"))

    def get_queryset(self):
        return super().get_queryset().prefetch_related("synonyms")

    def read_records(self, records) -> None:
        super().read_records(records)
        self.near = NearTerms(self._meta.model)
        self.by_key = {record.pk: record for record in self.by_slug.values()}
        for record in self.by_key.values():
            record.said = self.parts_of(record)

    @classmethod
    def parts_of(cls, record) -> dict[str, list[str]]:
        """What the registry holds in the columns of parts."""
        return {column: items_of(record.synonyms.all(), kind) for column, kind in KIND_OF.items()}

    # ---------- which term a row means ----------
    def before_import_row(self, row, *, row_number: int, **kwargs):
        super().before_import_row(row, row_number=row_number, **kwargs)
        self.is_trial = kwargs["dry_run"]
        self.decision = self.decisions.get(kwargs["numbers"][row_number - 1], _NOBODY)
        self.likely = []
        self.used = self.by_key.get(self.decision) if isinstance(self.decision, int) else None
        self.other_words = {}
        if self.used is not None:
            self.other_words = {
                name: str(row.pop(name)) for name in column_names("name") if filled(row.get(name))
            }
            row.pop("slug", None)
            self.likely = self.near.of(self.other_words.values())

    def get_instance(self, instance_loader, row):
        return self.used or super().get_instance(instance_loader, row)

    def subjects(self, instance, row) -> list:
        """Two new rows that are spelt alike, in whatever language, are one term."""
        said = super().subjects(instance, row)
        if instance._state.adding:
            words = {spelling(getattr(instance, column)) for column in column_names("name")}
            said += [("word", word) for word in sorted(words) if word]
        return said

    def after_init_instance(self, instance, new, row, **kwargs):
        if new:
            instance.said = {}

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        for column, word in self.other_words.items():
            language = dict(zip(column_names("name"), LANGUAGE_CODES, strict=True))[column]
            self._add_word(instance, language, word)

    def _add_word(self, instance, language: str, word: str) -> None:
        """Another word of a term that a row means, unless the term is called so already."""
        known = {spelling(getattr(instance, column)) for column in column_names("name")}
        known |= {spelling(parted(item)[1]) for column in KIND_OF for item in instance.said.get(column, [])}
        if spelling(word) not in known:
            column = "acronyms" if kind_of(word) == SynonymKind.ACRONYM else "synonyms"
            instance.said[column] = [*instance.said.get(column, []), as_item(language, clean_line(word))]

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if instance._state.adding:
            self.likely = self.near.of(getattr(instance, column) for column in column_names("name"))
            if self.likely and self.decision is _NOBODY:
                words = "; ".join(f"{one.title}: {one.in_words}" for one in self.likely)
                raise ValidationError({NAME: ValidationError(words, code=UNDECIDED)})

    def import_row(self, row, instance_loader, **kwargs) -> RowResult:
        """With the terms that the row may mean, whatever became of it."""
        outcome = super().import_row(row, instance_loader, **kwargs)
        outcome.candidates = [(one.pk, one.title, one.in_words, one.likeness) for one in self.likely]
        return outcome

    # ---------- other words ----------
    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        written = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)
        rows = [row for row in result.rows if row.import_type in written and row.instance]
        if rows and not self.is_trial:
            for row in rows:
                if row.changes.keys() & KIND_OF.keys():
                    self._write_words(row.instance)
            self.write_parts(rows)

    def write_parts(self, rows: list[RowResult]) -> None:
        """What else a table says of terms that are written."""

    def _write_words(self, instance) -> None:
        """Makes the words of the term those that were said; what stays is not touched."""
        model = synonyms_of(self._meta.model)
        wanted = {
            (kind.value, *parted(item))
            for column, kind in KIND_OF.items()
            for item in instance.said.get(column, [])
        }
        present = {
            (one.kind, one.language, one.name): one
            for one in model._default_manager.filter(**{model.term_field: instance})
        }
        for said, one in present.items():
            if said not in wanted:
                one.delete()
        for kind, language, name in sorted(wanted - present.keys()):
            model._default_manager.create(
                **{model.term_field: instance}, kind=kind, language=language, name=name
            )
