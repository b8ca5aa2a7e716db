"""Topics and relations as tables."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from actors.columns.values import neat, text_of
from actors.columns.vocabulary import Vocabulary
from actors.domain.relations import objection_to_relation
from actors.enums import MUTUAL_RELATIONS, ONCE_A_PAIR, IdentifierScheme
from actors.models import Actor, ActorRelation, Topic, TopicLink
from actors.models.topic import CIRCLE
from actors.validators import clean_identifier
from clusterportal.core.slugs import as_uid
from clusterportal.history.resources import PartColumn, PartsWidget, RecordedResource
from clusterportal.tables.model_fields import fields_in_tables
from clusterportal.terms.resources import KIND_OF, TermResource


class SlugsWidget(PartsWidget):
    """Records of one list by what a vocabulary knows them by; `known` are addresses that the table adds."""

    def __init__(self, model: type[Model]):
        super().__init__()
        self.model, self.vocabulary = model, Vocabulary()
        self.known: set[str] = set()

    def clean(self, value, row=None, **kwargs) -> list[str]:
        """The addresses, sorted; raises ValueError with a reason for people."""
        try:
            return sorted({self._slug_of(text) for text in self.items(value)})
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def _slug_of(self, text: str) -> str:
        return text if text in self.known else self.vocabulary.slug_of(self.model, text)


class TopicResource(TermResource):
    """Topics, with the addresses of their broader ones, which may stand in the same table."""

    broader = PartColumn("broader", SlugsWidget(Topic), gettext_lazy("Broader topics"))

    class Meta:
        model = Topic
        fields = [*fields_in_tables(Topic), *KIND_OF, "broader"]

    def get_queryset(self):
        return super().get_queryset().prefetch_related("broader")

    @classmethod
    def parts_of(cls, record):
        return super().parts_of(record) | {"broader": sorted(topic.slug for topic in record.broader.all())}

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        cells = dataset["slug"] if "slug" in dataset.headers else []
        self.fields["broader"].widget.known = {
            *self.by_slug,
            *(cell for cell in cells if isinstance(cell, str)),
        }
        self.above = {slug: {*record.said["broader"]} for slug, record in self.by_slug.items()}

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        broader = {*instance.said.get("broader", [])}
        if instance.slug in self._reached(broader):
            raise ValidationError({"broader": CIRCLE})
        self.above[instance.slug] = broader

    def _reached(self, slugs: set[str]) -> set[str]:
        """These topics and all that are broader, as the table and the registry say together."""
        reached, fresh = set(slugs), set(slugs)
        while fresh:
            fresh = {slug for one in fresh for slug in self.above.get(one, ())} - reached
            reached |= fresh
        return reached

    def write_parts(self, rows):
        """Links that go are deleted first, so that turning two topics round closes no circle on the way."""
        changed = [row.instance for row in rows if "broader" in row.changes]
        wanted = {topic.pk: {*topic.said["broader"]} for topic in changed}
        keys = dict(Topic.objects.values_list("slug", "pk"))
        present = set()
        for link in TopicLink.objects.filter(topic__in=changed).select_related("broader"):
            if link.broader.slug in wanted[link.topic_id]:
                present.add((link.topic_id, link.broader.slug))
            else:
                link.delete()
        TopicLink.objects.bulk_create(
            TopicLink(topic_id=topic, broader_id=keys[slug])
            for topic, slugs in wanted.items()
            for slug in sorted(slugs)
            if (topic, slug) not in present and slug in keys
        )


class RelationResource(RecordedResource):
    """Relations between actors that are there, seen from either end where a kind holds both ways."""

    key = ("source", "target", "kind")
    needed = (("source",), ("target",), ("kind",))

    class Meta:
        model = ActorRelation
        fields = fields_in_tables(ActorRelation)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        ends = ActorWidget(Actor.objects.visible_to(self.by) if self.by else Actor.objects.all())
        self.fields["source"].widget = self.fields["target"].widget = ends

    def read_records(self, records) -> None:
        self.recorded = {_pair(one.source_id, one.target_id, one.kind): one for one in records}

    def get_instance(self, instance_loader, row):
        source, target, kind = (self.meaning(row, column) for column in self.key)
        relation = self.recorded.get(_pair(source, target, kind))
        if relation is None or relation.source_id == source:
            return relation
        if kind not in MUTUAL_RELATIONS:
            return None  # a new one the other way round, which the model refuses
        row["source"], row["target"] = row["target"], row["source"]
        return relation

    def title_of(self, row: dict) -> str:
        return f"{row.get('source') or '?'} → {row.get('target') or '?'}"

    def subjects(self, instance, row: dict) -> list:
        return [_pair(instance.source_id, instance.target_id, instance.kind)]

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if objection := objection_to_relation(self.by, instance.source, instance.target):
            raise ValidationError({NON_FIELD_ERRORS: objection})


class ActorWidget(widgets.Widget):
    """One of `actors` by its address or permanent id, present or former, or by an identifier as `scheme:value`."""

    def __init__(self, actors):
        super().__init__()
        self.actors, self.found = actors, {}  # what cells say -> key, each asked for once
        self.names: dict[int, str] = {}
        self.slugs: dict[int, str] = {}

    def clean(self, value, row=None, **kwargs) -> int:
        """The key of the actor; raises ValueError with a reason for people."""
        try:
            text = neat(text_of(value))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        if text not in self.found:
            self.found[text] = self._find(text)
        if self.found[text] is None:
            raise ValueError(
                _("No actor has the address, permanent id or identifier “%(text)s”.") % {"text": text}
            )
        return self.found[text]

    def _find(self, text: str) -> int | None:
        ways: list[dict[str, object]] = [{"slug": text}, {"former_slugs__slug": text}]
        scheme, _colon, number = text.partition(":")
        if uid := as_uid(text):
            ways = [{"uid": uid}, {"former_uids__uid": uid}]
        elif scheme in IdentifierScheme.values and number:
            ways = [{"identifiers__scheme": scheme, "identifiers__value": _identifier(scheme, number)}]
        for way in ways:
            if found := self.actors.filter(**way).values_list("pk", "name", "slug").first():
                key, self.names[key], self.slugs[key] = found
                return key
        return None

    def render(self, value, obj=None, **kwargs) -> str:
        if value and value not in self.names:
            self.names[value] = Actor.objects.values_list("name", flat=True).get(pk=value)
        return self.names.get(value, "")

    def is_same(self, value, current) -> bool:
        return value == current


def _pair(source: int, target: int, kind: str) -> tuple:
    """Two actors and the kind of their relation: in one order where the kind stands once between two."""
    ends = (source, target)
    is_either_way = kind in ONCE_A_PAIR and None not in ends
    return (*(sorted(ends) if is_either_way else ends), kind)


def _identifier(scheme: str, value: str) -> str:
    try:
        return clean_identifier(scheme, value)
    except ValidationError:
        return value
