"""What the items of a cell may refer to: layers, areas, clusters and topics, by slug, name or position."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from actors.columns.values import neat, some_of
from actors.enums import TermNoun
from actors.models import TermMerge, Topic
from applications.models import ApplicationArea
from clusterportal.core.languages import active_first, column_names
from clusterportal.core.spelling import spelling
from layers.models import Layer

# Terms, with what their merges are kept under.
_TERMS: dict[type[Model], TermNoun] = {Topic: TermNoun.TOPIC, ApplicationArea: TermNoun.AREA}
MOST_LISTED = 30  # of so many records an error still lists a few
MOST_LIKELY = 5
_SHORTEST_WITHIN = 4  # letters of a word that may stand within a longer one


class Vocabulary:
    """What items may refer to: primary keys by slug, each model read once."""

    def __init__(self):
        self._known: dict[type[Model], dict[str, int]] = {}
        self._named: dict[type[Model], dict[str, str]] = {}
        self._shown: dict[type[Model], dict[str, str]] = {}
        self._kept: dict[type[Model], dict[str, str]] = {}

    def slugs(self, model: type[Model]) -> dict[str, int]:
        if model not in self._known:
            self._known[model] = dict(model._default_manager.values_list("slug", "pk"))
        return self._known[model]

    def slug_of(self, model: type[Model], text: str) -> str:
        """The slug that people mean: it may be written as the name, in any language, or of a layer its position.

        Raises ValidationError that names those there are, or the likeliest ones where there are many.
        """
        if meant := self.meant(model, slug_text(text)):
            return meant
        names = {"value": text}
        if not self.slugs(model):
            raise ValidationError(_("“%(value)s” is unknown; there are none yet.") % names)
        known = [*self.shown_names(model).values()]
        if likely := alike(text, known):
            names["likely"] = "; ".join(likely)
        if len(known) <= MOST_LISTED:
            names["known"] = some_of(known)
        if "likely" in names and "known" in names:
            text = _("“%(value)s” is unknown. Did you mean: %(likely)s? Known: %(known)s.")
        elif "likely" in names:
            text = _("“%(value)s” is unknown. Did you mean: %(likely)s?")
        elif "known" in names:
            text = _("“%(value)s” is unknown. Known: %(known)s.")
        else:
            text = _("“%(value)s” is unknown, and nothing is called nearly so.")
        raise ValidationError(text % names)

    def knows(self, model: type[Model], text: str) -> bool:
        """Whether a text is the address, a name, another word or the position of a record."""
        return self.meant(model, text.strip()) is not None

    def shown_names(self, model: type[Model]) -> dict[str, str]:
        """What the records are called in the language of the reader, by slug, in their own order."""
        if model not in self._shown:
            rows = model._default_manager.values_list("slug", *active_first("name"))
            self._shown[model] = {slug: next(filter(None, names), slug) for slug, *names in rows}
        return self._shown[model]

    def expect(self, model: type[Model], slug: str, name: str) -> None:
        """Knows from now on a record that is still to be made."""
        self.slugs(model)[slug] = 0
        self.names(model)[spelling(name)] = slug

    def meant(self, model: type[Model], text: str) -> str | None:
        """The slug of the record that a text names; None where it names none, or several."""
        if text in self.slugs(model):
            return text
        return self.names(model).get(spelling(neat(text))) or self._former(model, text)

    def _former(self, model: type[Model], text: str) -> str | None:
        """The slug of what a merged topic or area became part of."""
        if model not in self._kept:
            self._kept[model] = _kept_slugs(model, self.slugs(model))
        return self._kept[model].get(text)

    def names(self, model: type[Model]) -> dict[str, str]:
        """Slugs by what else a record is called, names before synonyms; a word for several means none of them."""
        if model not in self._named:
            columns = [*column_names("name"), *(["position"] if model is Layer else [])]
            called: dict[str, set[str]] = defaultdict(set)
            for slug, *names in model._default_manager.values_list("slug", *columns):
                for name in names:
                    called[spelling(str(name))].add(slug)
            others = {word: slugs for word, slugs in _other_words(model).items() if word not in called}
            self._named[model] = {
                name: slugs.pop() for name, slugs in (called | others).items() if name and len(slugs) == 1
            }
        return self._named[model]


def _kept_slugs(model: type[Model], keys: dict[str, int]) -> dict[str, str]:
    """The slugs of merged terms with those of what they became part of. `keys`: of the terms there are, by slug."""
    noun = _TERMS.get(model)
    if noun is None:
        return {}
    merged = TermMerge.objects.standing().filter(noun=noun).values_list("merged_slug", flat=True)
    slug_of = {key: slug for slug, key in keys.items()}
    kept = TermMerge.objects.kept_for(noun, {*merged})
    return {slug: slug_of[key] for slug, key in kept.items() if key in slug_of}


def _other_words(model: type[Model]) -> dict[str, set[str]]:
    """Slugs by the synonyms of terms."""
    words: dict[str, set[str]] = defaultdict(set)
    if model in _TERMS:
        terms: QuerySet = model._default_manager.all()
        for slug, word in terms.exclude(synonyms=None).values_list("slug", "synonyms__key"):
            words[word].add(slug)
    return words


def alike(text: str, names: Iterable[str]) -> list[str]:
    """The names that hold the text, are spelt nearly so, or have it for their initials; the likeliest first."""
    wanted, spelt = spelling(text), {spelling(name): name for name in names}
    if not wanted:
        return []
    holding = [
        name for key, name in spelt.items() if f" {wanted} " in f" {key} " or f" {key} " in f" {wanted} "
    ]
    initials = [name for key, name in spelt.items() if wanted == "".join(word[0] for word in key.split())]
    close = [spelt[key] for key in get_close_matches(wanted, list(spelt), n=MOST_LIKELY, cutoff=0.6)]
    within = [
        name
        for key, name in spelt.items()
        if min(len(key), len(wanted)) >= _SHORTEST_WITHIN and (wanted in key or key in wanted)
    ]
    return list(dict.fromkeys([*holding, *initials, *close, *within]))[:MOST_LIKELY]


def slug_text(value) -> str:
    """A reference without blanks around it. Raises ValidationError where it is empty or no text."""
    if not isinstance(value, str) or not value.strip():
        raise ValidationError(_("A text is expected here."))
    return value.strip()
