import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('history', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Layer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('position', models.PositiveSmallIntegerField(help_text='1 is closest to research, 5 closest to the market.', unique=True, verbose_name='position')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name_de', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('claim_de', models.CharField(blank=True, help_text='A few words under the name.', max_length=120, verbose_name='claim')),
                ('claim_en', models.CharField(blank=True, help_text='A few words under the name.', max_length=120, verbose_name='claim')),
                ('description_de', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description')),
            ],
            options={
                'verbose_name': 'layer',
                'verbose_name_plural': 'layers',
                'ordering': ['position'],
                'abstract': False,
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('position__range', (1, 5))), name='layer_position_1_to_5'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."position", OLD."slug", OLD."name_de", OLD."name_en", OLD."claim_de", OLD."claim_en", OLD."description_de", OLD."description_en") IS DISTINCT FROM ROW(NEW."id", NEW."position", NEW."slug", NEW."name_de", NEW."name_en", NEW."claim_de", NEW."claim_en", NEW."description_de", NEW."description_en") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='ef3c878f49163b316583e0da367375c873157277', operation='UPDATE', pgid='pgtrigger_touch_updated_at_f4131', table='layers_layer', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='d494ab9fad7d094ce78889cbc0bd1e2a0d125390', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_0acc9', table='layers_layer', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='tell_of_all', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='IF true THEN PERFORM registry_mark_public(true); END IF; RETURN NULL;', hash='5060f47020e654b0b99c59200c7e6f311fc0a689', operation='UPDATE OF "slug", "position", "name_de", "name_en"', pgid='pgtrigger_tell_of_all_6f55c', table='layers_layer', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='keep_all_five', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5792b02337ac386be2e94d3b91a6efcb0c2ef760', operation='DELETE', pgid='pgtrigger_keep_all_five_2f360', table='layers_layer', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "layers_layerevent" ("claim_de", "claim_en", "created_at", "description_de", "description_en", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug", "updated_at") VALUES (NEW."claim_de", NEW."claim_en", NEW."created_at", NEW."description_de", NEW."description_en", NEW."id", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='ff437b7e36a295d69d8fd6000ab184be07356db4', operation='INSERT', pgid='pgtrigger_insert_insert_5b602', table='layers_layer', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."claim_de" IS DISTINCT FROM (NEW."claim_de") OR OLD."claim_en" IS DISTINCT FROM (NEW."claim_en") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='INSERT INTO "layers_layerevent" ("claim_de", "claim_en", "created_at", "description_de", "description_en", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug", "updated_at") VALUES (NEW."claim_de", NEW."claim_en", NEW."created_at", NEW."description_de", NEW."description_en", NEW."id", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='fc8ced1cd44b81a9d6336448bf7dcd8a9f0e0e80', operation='UPDATE', pgid='pgtrigger_update_update_057a0', table='layers_layer', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "layers_layerevent" ("claim_de", "claim_en", "created_at", "description_de", "description_en", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug", "updated_at") VALUES (OLD."claim_de", OLD."claim_en", OLD."created_at", OLD."description_de", OLD."description_en", OLD."id", OLD."name_de", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."slug", OLD."updated_at"); RETURN NULL;', hash='dc5053da53e89d2ee9cdacb720714220b27cd8b9', operation='DELETE', pgid='pgtrigger_delete_delete_cd497', table='layers_layer', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='LayerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='layers.layer')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('position', models.PositiveSmallIntegerField(help_text='1 is closest to research, 5 closest to the market.', verbose_name='position')),
                ('slug', models.SlugField(db_index=False, verbose_name='address')),
                ('name_de', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('claim_de', models.CharField(blank=True, help_text='A few words under the name.', max_length=120, verbose_name='claim')),
                ('claim_en', models.CharField(blank=True, help_text='A few words under the name.', max_length=120, verbose_name='claim')),
                ('description_de', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description')),
            ],
            options={
                'verbose_name': 'layer',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='layers_laye_pgh_cre_808cca_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c8b17f6661516edf55099abfcece1c21ab2d75fa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2723d', table='layers_layerevent', when='BEFORE')),
                ],
            },
        ),
    ]
