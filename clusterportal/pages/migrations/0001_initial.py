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
            name='TextPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(help_text='Fixed: the portal links to it by this name.', unique=True, verbose_name='name')),
                ('title_de', models.CharField(max_length=160, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title')),
                ('body_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='text')),
                ('body_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='text')),
            ],
            options={
                'verbose_name': 'text page',
                'verbose_name_plural': 'text pages',
                'ordering': ['slug'],
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."slug", OLD."title_de", OLD."title_en", OLD."body_de", OLD."body_en") IS DISTINCT FROM ROW(NEW."id", NEW."slug", NEW."title_de", NEW."title_en", NEW."body_de", NEW."body_en") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='d1fda1ffa7fec51b539be930c3d41f48eb1f88c6', operation='UPDATE', pgid='pgtrigger_touch_updated_at_a12cf', table='pages_textpage', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='bdf5d44b8eacb36ad9dc1a66db06f06aa6fc575a', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_c5e4c', table='pages_textpage', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pages_textpageevent" ("body_de", "body_en", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "title_de", "title_en", "updated_at") VALUES (NEW."body_de", NEW."body_en", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."title_de", NEW."title_en", NEW."updated_at"); RETURN NULL;', hash='4d5f52865c1030e1adcf6a0e1f8442a24c3caca6', operation='INSERT', pgid='pgtrigger_insert_insert_46de4', table='pages_textpage', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."body_de" IS DISTINCT FROM (NEW."body_de") OR OLD."body_en" IS DISTINCT FROM (NEW."body_en") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."title_de" IS DISTINCT FROM (NEW."title_de") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en"))', func='INSERT INTO "pages_textpageevent" ("body_de", "body_en", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "title_de", "title_en", "updated_at") VALUES (NEW."body_de", NEW."body_en", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."title_de", NEW."title_en", NEW."updated_at"); RETURN NULL;', hash='f3f00226b7ca8561cdf40ea8325d2b297b5f283b', operation='UPDATE', pgid='pgtrigger_update_update_a759b', table='pages_textpage', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pages_textpageevent" ("body_de", "body_en", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "title_de", "title_en", "updated_at") VALUES (OLD."body_de", OLD."body_en", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."title_de", OLD."title_en", OLD."updated_at"); RETURN NULL;', hash='f4824551a813d492e588f290249ec4710bcd607d', operation='DELETE', pgid='pgtrigger_delete_delete_2a9f9', table='pages_textpage', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='TextPageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pages.textpage')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(db_index=False, help_text='Fixed: the portal links to it by this name.', verbose_name='name')),
                ('title_de', models.CharField(max_length=160, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title')),
                ('body_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='text')),
                ('body_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='text')),
            ],
            options={
                'verbose_name': 'text page',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='pages_textp_pgh_cre_fc6ccf_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='91d7f66fa05808484b0d6aa8d33b6625af126e0e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6628', table='pages_textpageevent', when='BEFORE')),
                ],
            },
        ),
    ]
