"""What search reads: a document for each actor and the words in use, kept by the database whoever writes."""

from contextlib import contextmanager
from pathlib import Path

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from actors.models.actor import Actor
from actors.models.base import feeds_search, renaming_feeds_search
from applications.models import ApplicationArea, AreaSynonym
from clusterportal.core.languages import column_names
from layers.models import Layer


def _columns(table: str, *names: str) -> str:
    """The columns of translated fields in all languages, as arguments."""
    return ", ".join(f"{table}.{column}" for name in names for column in column_names(name))


def _gathered(columns: str, parts: str) -> str:
    """All texts of an actor's parts, a blank between them."""
    texts = f"string_agg(concat_ws(' ', {columns}), ' ' ORDER BY part.id)"
    return f"(SELECT {texts} FROM {parts} WHERE part.actor_id = actor.id)"


_WORK = ", ".join(
    _gathered(_columns(table, name) if name else f"{table}.name", parts)
    for table, name, parts in (
        # (table, translated column; None for the synonyms, which have one name each, parts)
        ("topic", "name", "actors_actortopic part JOIN actors_topic topic ON topic.id = topic_id"),
        (
            "synonym",
            None,
            "actors_actortopic part JOIN actors_topicsynonym synonym ON synonym.topic_id = part.topic_id",
        ),
        ("part", "title", "actors_service part"),
        (
            "area",
            "name",
            "actors_applicationfocus part JOIN applications_applicationarea area"
            " ON area.id = area_id AND is_active",
        ),
        (
            "synonym",
            None,
            "actors_applicationfocus part JOIN applications_applicationarea area ON area.id = area_id AND is_active"
            " JOIN applications_areasynonym synonym ON synonym.area_id = area.id",
        ),
    )
)
# What is written and not yet in its place in an index is read by every search: 3 to 5 ms a megabyte (4 MB by default).
PENDING_KB = 256
LONGEST_SEARCHED_TEXT = 20_000  # characters of the descriptions: a document has its bounds
_WRITE_DOCUMENTS = (
    (Path(__file__).parents[1] / "search/sql/triggers/write_documents.sql")
    .read_text()
    .format(
        work=_WORK,
        summary=_columns("actor", "summary"),
        description=_columns("actor", "description"),
        layers=_gathered(
            _columns("layer", "name"),
            "actors_layerplacement part JOIN layers_layer layer ON layer.id = layer_id",
        ),
        services=_gathered(_columns("part", "description"), "actors_service part"),
        longest=LONGEST_SEARCHED_TEXT,
    )
)


class SearchDocument(models.Model):
    """All that an actor is found by.

    `vector` weighs A names, B what the actor works on (topics, services, areas, and other words for topics and areas),
    C place and summary, D descriptions and layers: "Softwareentwicklung" is in the name of a layer on which many stand.
    """

    actor = models.OneToOneField(
        Actor, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="document"
    )  # goes with its actor by trigger, whoever deletes
    is_public = models.BooleanField(default=False)
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex("vector", name="document_words", gin_pending_list_limit=PENDING_KB)]

    def __str__(self) -> str:
        return str(self.actor_id)


class SearchNames(models.Model):
    """What an actor is called, spelt as questions are, the full name first: compared to tell which one was meant."""

    actor = models.OneToOneField(
        Actor, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="called"
    )  # goes with its actor by trigger, as the document does
    names = ArrayField(models.TextField())
    vector = SearchVectorField()  # the words of the names alone

    class Meta:
        indexes = [
            GinIndex("names", name="names_called", gin_pending_list_limit=PENDING_KB),
            GinIndex("vector", name="names_words", gin_pending_list_limit=PENDING_KB),
        ]

    def __str__(self) -> str:
        return " / ".join(self.names)


class SearchWord(models.Model):
    """A word of names, topics or places, with all that is left of it when one letter is dropped.

    Not unique on purpose: a long import must not keep others waiting for the words that it brings.
    """

    word = models.TextField(db_collation="C", db_index=True)
    deletions = ArrayField(models.TextField())

    class Meta:
        indexes = [
            GinIndex("deletions", name="word_deletions", gin_pending_list_limit=PENDING_KB),
            GinIndex(
                OpClass("word", "gin_trgm_ops"), name="word_trigrams", gin_pending_list_limit=PENDING_KB
            ),
        ]

    def __str__(self) -> str:
        return self.word


class ReindexQueue(models.Model):
    """Actors whose document is to be written anew; inserting here does it. Always empty after the statement."""

    actor_id = models.BigIntegerField()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="write_documents",
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(new="stale"),
                declare=[("actors", "BIGINT[]")],
                func=_WRITE_DOCUMENTS,
            )
        ]

    def __str__(self) -> str:
        return str(self.actor_id)


@contextmanager
def documents_at_the_end():
    """Write the documents of all actors that are changed within once, at its end; inside of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('registry.documents', 'later', true)")
        yield
        cursor.execute("SELECT set_config('registry.documents', '', true)")
        cursor.execute(
            "INSERT INTO actors_reindexqueue (actor_id) SELECT DISTINCT actor_id FROM actors_reindexqueue"
        )


class SearchedLayer(Layer):
    """A layer as search sees it: renamed, its actors are found by the new name."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            renaming_feeds_search(
                "SELECT actor_id FROM actors_layerplacement WHERE layer_id = NEW.id", *column_names("name")
            )
        ]


class SearchedArea(ApplicationArea):
    """An application area as search sees it: its actors are found by its name while it is in use."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            renaming_feeds_search(
                "SELECT actor_id FROM actors_applicationfocus WHERE area_id = NEW.id",
                *column_names("name"),
                "is_active",
            )
        ]


class SearchedAreaSynonym(AreaSynonym):
    """Another word for an area as search sees it: the area's actors are found by it."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = feeds_search("SELECT actor_id FROM changed JOIN actors_applicationfocus USING (area_id)")
