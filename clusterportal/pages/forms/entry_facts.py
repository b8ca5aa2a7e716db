"""The facts about an organisation that visitors and representatives may enter, its areas and its topics."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from actors.columns.fields import COLUMN_OF, Group, fields_in
from actors.columns.vocabulary import Vocabulary
from actors.enums import IdentifierScheme
from actors.facets.counts import top_topics
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.models import Actor, Topic
from actors.validators import clean_identifier, clean_phone, clean_postcode, place_problems
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.countries import country_of
from clusterportal.core.form_choices import offer
from clusterportal.core.labels import field_label, language_of
from clusterportal.core.languages import active_first, column_names
from clusterportal.review.models import LONGEST_TOPIC

SHOWN_TOPICS = 40
MOST_WISHES = 20  # topics that the registry does not know
COUNTRY_NAME_LIMIT = 60  # characters
DESCRIPTION_LIMIT = 10_000  # characters
# The order in which mistakes are listed.
FACT_FIELDS = [
    one.name for one in fields_in(Group.WHO, Group.WHERE, Group.CONTACT, Group.TEXTS) if one.in_form
]
_FIRST = ["name", "short_name", "kind", "website"]
OWN_IDENTIFIERS = [IdentifierScheme.REGISTER, IdentifierScheme.VAT]  # that an organisation knows by heart
_HINTS = {
    IdentifierScheme.REGISTER: "Kaiserslautern HRB 2300",
    IdentifierScheme.VAT: "DE136695976",
}
_REQUIRED = {  # error messages for empty fields
    "name": _("Give the name of the organisation."),
    "kind": _("Choose what kind of organisation it is."),
    "country": _("Give the country, by its name or its two letters."),
}
_NOT_CHOSEN = {"kind": _("Please choose")}
_COMPLETED_AS = {
    "name": "organization",
    "website": "url",
    "email": "email",
    "phone": "tel",
    "street": "street-address",
    "postcode": "postal-code",
    "city": "address-level2",
    "state_name": "address-level1",
    "country": "country",
}


class CountryField(forms.CharField):
    """A country by its code or its name, cleaned to the code."""

    def to_python(self, value):
        value = super().to_python(value)
        return country_of(value) or value


def _field(db_field, **kwargs):
    if db_field.name == "country":
        kwargs |= {"form_class": CountryField, "max_length": COUNTRY_NAME_LIMIT}
    if db_field.get_internal_type() == "CharField" and db_field.name == "website":
        kwargs["assume_scheme"] = "https"
    field = db_field.formfield(**kwargs)
    field.label = field_label(db_field)
    if asked := _REQUIRED.get(db_field.name):
        field.error_messages["required"] = asked
    if db_field.choices:
        field.choices = [("", _NOT_CHOSEN.get(db_field.name, _("not stated"))), *db_field.choices]
    is_named = db_field.name == "country"  # whose name may be longer than its code
    if is_named:
        field.help_text = _("For example DE or Germany.")
    field.validators += [
        rule
        for rule in db_field.validators
        if rule not in field.validators and not (is_named and isinstance(rule, MaxLengthValidator))
    ]  # telephone numbers
    if language := language_of(db_field):
        field.widget.attrs["lang"] = language
    if isinstance(field.widget, forms.Textarea):
        field.max_length, field.help_text = DESCRIPTION_LIMIT, ""
        field.validators.append(forms.CharField(max_length=DESCRIPTION_LIMIT).validators[0])
        field.widget.attrs["rows"] = 5
    if name := _COMPLETED_AS.get(db_field.name):
        field.widget.attrs["autocomplete"] = name
    return field


class FactsForm(forms.Form):
    """Fields by the model's names; `record()` gives them by the columns of the registry's tables."""

    prefix = "facts"

    def __init__(self, data=None, *, base: dict):
        super().__init__(data, initial=_initial(base))
        self.base = base
        self.fields |= fields_for_model(Actor, fields=FACT_FIELDS, formfield_callback=_field)
        self.order_fields(_FIRST)
        for scheme in OWN_IDENTIFIERS:
            self.fields[scheme.value] = forms.CharField(
                label=scheme.label,
                max_length=120,
                required=False,
                help_text=_("For example %s") % _HINTS[scheme],
            )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for scheme in OWN_IDENTIFIERS:
            if value := cleaned.get(scheme.value):
                try:
                    cleaned[scheme.value] = clean_identifier(scheme, value)
                except ValidationError as error:
                    self.add_error(scheme.value, error)
        self._check_place(cleaned)
        summaries = column_names("summary")
        if not any(cleaned.get(name) for name in summaries) and not any(
            name in self.errors for name in summaries
        ):
            self.add_error(
                active_first("summary")[0],
                ValidationError(
                    _("Say in one sentence, in one language at least, what the organisation does."),
                    code="required",
                ),
            )
        return cleaned

    def _check_place(self, cleaned: dict) -> None:
        """Writes postcode and phone in the registry's spelling and refuses impossible places."""
        if {"postcode", "city", "country", "phone"} & self.errors.keys():
            return
        country = cleaned["country"]
        cleaned["postcode"] = clean_postcode(cleaned["postcode"], country)
        cleaned["phone"] = clean_phone(cleaned["phone"], country) if cleaned["phone"] else ""
        place = {"postcode": cleaned["postcode"], "city": cleaned["city"], "country": country}
        for name, problem in place_problems(**place, latitude=None, longitude=None).items():
            self.add_error(name, problem)

    def record(self) -> dict:
        values = {COLUMN_OF[name]: _plain(self.cleaned_data[name]) for name in FACT_FIELDS}
        others = [item for item in self.base.get("identifiers", []) if item["scheme"] not in OWN_IDENTIFIERS]
        own = [
            {"scheme": scheme.value, "value": value}
            for scheme in OWN_IDENTIFIERS
            if (value := self.cleaned_data[scheme.value])
        ]
        return values | {"identifiers": others + own}


def _plain(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _initial(base: dict) -> dict:
    values = {name: base[column] for name, column in COLUMN_OF.items() if column in base}
    return values | {item["scheme"]: item["value"] for item in base.get("identifiers", [])}


class AreasAndTopicsForm(forms.Form):
    """Areas, topics and, for a new entry, the cluster."""

    prefix = "fields"
    areas = forms.MultipleChoiceField(
        label=_("Application areas"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    other_topics = forms.CharField(
        label=_("More topics"),
        required=False,
        max_length=500,
        help_text=_("Separated by commas. What the registry does not know yet, the review will see."),
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.none(),
        label=_("Cluster"),
        required=False,
        empty_label=_("I do not know yet"),
        help_text=_("Which cluster would you like to belong to? Its management checks the entry."),
    )

    def __init__(self, data=None, *, base: dict, is_new: bool):
        own = [item["topic"] for item in base.get("topics", [])]
        super().__init__(
            data, initial={"areas": [item["area"] for item in base.get("areas", [])], "topics": own}
        )
        offer(
            self,
            areas=_choices(ApplicationArea.objects.active(), base.get("areas", []), "area"),
            topics=_topic_choices(own),
        )
        cluster = self.fields["cluster"]
        assert isinstance(cluster, forms.ModelChoiceField)
        if is_new:
            cluster.queryset = Cluster.objects.published()
        else:
            del self.fields["cluster"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        cleaned["known"], self.unknown_topics = _matched(cleaned.get("other_topics", ""))
        if len(self.unknown_topics) > MOST_WISHES or any(
            len(word) > LONGEST_TOPIC for word in self.unknown_topics
        ):
            limits = {"number": MOST_WISHES, "letters": LONGEST_TOPIC}
            text = _("At most %(number)s further topics, each of at most %(letters)s characters, please.")
            self.add_error("other_topics", ValidationError(text, params=limits, code="too_much"))
        return cleaned

    def record(self) -> dict:
        topics = dict.fromkeys([*self.cleaned_data["topics"], *self.cleaned_data["known"]])
        record = {
            "areas": [{"area": slug} for slug in self.cleaned_data["areas"]],
            "topics": [{"topic": slug} for slug in topics],
        }
        if cluster := self.cleaned_data.get("cluster"):
            record["clusters"] = [{"cluster": cluster.slug, "kind": "member"}]
        return record


def _choices(offered, own: list[dict], key: str) -> list[tuple[str, str]]:
    """The offered choices, and those that the entry has although they are no longer offered."""
    choices = {one.slug: str(one) for one in offered}
    return list(({item[key]: item[key] for item in own if item[key] not in choices} | choices).items())


def _topic_choices(own: list[str]) -> list[tuple[str, str]]:
    topics = {topic.slug: str(topic) for topic in top_topics(Selection(current_index()), limit=SHOWN_TOPICS)}
    missing = [slug for slug in own if slug not in topics]
    topics |= {topic.slug: str(topic) for topic in Topic.objects.filter(slug__in=missing)} if missing else {}
    return sorted(topics.items(), key=lambda pair: pair[1].casefold())


def _matched(text: str) -> tuple[list[str], list[str]]:
    """The slugs of the topics that the words name, as a synonym as well, and the words that name none."""
    words = list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not words:
        return [], []
    vocabulary = Vocabulary()
    meant = {word: vocabulary.meant(Topic, word) for word in words}
    return [slug for slug in meant.values() if slug], [word for word, slug in meant.items() if not slug]
