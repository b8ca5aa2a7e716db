import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.db.models.functions import Repeat

# The usual name first.
FILL = """
INSERT INTO actors_searchnames (actor_id, names)
SELECT actor_id, registry_spelling(name) || array_remove(names, registry_spelling(name))
FROM actors_searchdocument JOIN actors_actor ON id = actor_id
"""
BACK = """
UPDATE actors_searchdocument document SET names = ARRAY(SELECT unnest(called.names) COLLATE "C" ORDER BY 1)
FROM actors_searchnames called WHERE called.actor_id = document.actor_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0011_slips'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchNames',
            fields=[
                ('actor', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='called', serialize=False, to='actors.actor')),
                ('names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        migrations.RunSQL(FILL, BACK),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actor',
            name='drop_document',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='staledocument',
            name='write_documents',
        ),
        # On the way back the column begins empty, before it is filled.
        migrations.AlterField(
            model_name='searchdocument',
            name='names',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.RemoveField(
            model_name='searchdocument',
            name='names',
        ),
        # A dropped column leaves the rows only when they are written anew, as they are for this one.
        migrations.RemoveField(
            model_name='searchdocument',
            name='padding',
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='padding',
            field=models.GeneratedField(
                expression=Repeat(models.Value(' '), 2048), output_field=models.TextField(), db_persist=True
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='drop_document', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM actors_searchdocument WHERE actor_id = OLD.id; DELETE FROM actors_searchnames WHERE actor_id = OLD.id; RETURN NULL;', hash='d8348375beb5f36f43c29e73a5d30b7ac7059552', operation='DELETE', pgid='pgtrigger_drop_document_2f7ee', table='actors_actor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staledocument',
            trigger=pgtrigger.compiler.Trigger(name='write_documents', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE actors BIGINT[];', func='\nIF current_setting(\'registry.documents\', true) = \'later\' THEN\n    RETURN NULL;\nEND IF;\nactors := ARRAY(SELECT DISTINCT actor_id FROM stale);\nPERFORM 1 FROM actors_actor WHERE id = ANY(actors) ORDER BY id FOR NO KEY UPDATE;\nWITH texts AS MATERIALIZED (\n    SELECT actor.id, actor.state = \'published\' AS is_public,\n        ARRAY(\n            SELECT DISTINCT registry_spelling(name) COLLATE "C" FROM (\n                SELECT actor.name UNION ALL SELECT actor.short_name WHERE actor.short_name <> \'\'\n                UNION ALL SELECT name FROM actors_actoralias part WHERE part.actor_id = actor.id\n            ) called ORDER BY 1\n        ) AS names, registry_spelling(actor.name) AS usual,\n        registry_spelling(concat_ws(\' \', (SELECT string_agg(concat_ws(\' \', topic.name_de, topic.name_en), \' \' ORDER BY part.id) FROM actors_actortopic part JOIN actors_topic topic ON topic.id = topic_id WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', part.title_de, part.title_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', area.name_de, area.name_en), \' \' ORDER BY part.id) FROM actors_applicationfocus part JOIN applications_applicationarea area ON area.id = area_id AND is_active WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', layer.name_de, layer.name_en), \' \' ORDER BY part.id) FROM actors_layerplacement part JOIN layers_layer layer ON layer.id = layer_id WHERE part.actor_id = actor.id))) AS work,\n        registry_spelling(concat_ws(\' \', actor.city, actor.postcode, actor.state_name)) AS place,\n        registry_spelling(concat_ws(\' \', actor.summary_de, actor.summary_en)) AS summary,\n        registry_spelling(left(concat_ws(\' \', actor.description_de, actor.description_en,\n            (SELECT string_agg(concat_ws(\' \', part.description_de, part.description_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id)), 20000)) AS description\n    FROM actors_actor actor WHERE actor.id = ANY(actors)\n), vectors AS MATERIALIZED (\n    SELECT id, is_public, registry_vector(array_to_string(names, \' \'), \'A\') || registry_vector(work, \'B\')\n        || registry_vector(place, \'C\') || registry_vector(summary, \'C\') || registry_vector(description, \'D\') AS vector,\n        tsvector_to_array(to_tsvector(\n            \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place, summary, description)\n        )) AS words\n    FROM texts\n), written AS (\n    INSERT INTO actors_searchdocument AS document (actor_id, is_public, vector)\n    SELECT id, is_public, vector || registry_endings(words) FROM vectors\n    ON CONFLICT (actor_id) DO UPDATE SET is_public = EXCLUDED.is_public, vector = EXCLUDED.vector\n    WHERE (document.is_public, document.vector) IS DISTINCT FROM (EXCLUDED.is_public, EXCLUDED.vector)\n), called AS (\n    INSERT INTO actors_searchnames AS known (actor_id, names)\n    SELECT id, usual || array_remove(names, usual) FROM texts\n    ON CONFLICT (actor_id) DO UPDATE SET names = EXCLUDED.names WHERE known.names <> EXCLUDED.names\n)\nINSERT INTO actors_searchword (word, deletions)\nSELECT word, registry_deletions(word) FROM (\n    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(\n        \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place)\n    ))) FROM texts\n) used (word)\nWHERE length(word) <= 60 AND NOT EXISTS (SELECT FROM actors_searchword known WHERE known.word = used.word);\nDELETE FROM actors_staledocument;\nRETURN NULL;\n', hash='f01ed1c2afc8988255b48dddc9e190c7e18ffed6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_write_documents_b0acd', referencing='REFERENCING NEW TABLE AS stale ', table='actors_staledocument', when='AFTER')),
        ),
    ]
