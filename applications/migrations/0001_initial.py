import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('history', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApplicationArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name_de', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('description_de', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Order in lists and in the matrix.', verbose_name='position')),
                ('is_active', models.BooleanField(default=True, help_text='Inactive areas keep their actors but leave matrix and filters.', verbose_name='active')),
                ('owner', models.ForeignKey(blank=True, help_text='Who looks after this entry.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'application area',
                'verbose_name_plural': 'application areas',
                'ordering': ['position', 'slug'],
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."slug", OLD."name_de", OLD."name_en", OLD."description_de", OLD."description_en", OLD."position", OLD."is_active", OLD."owner_id") IS DISTINCT FROM ROW(NEW."id", NEW."slug", NEW."name_de", NEW."name_en", NEW."description_de", NEW."description_en", NEW."position", NEW."is_active", NEW."owner_id") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='327e284484c6feb7c2b02a4608c309135945ef91', operation='UPDATE', pgid='pgtrigger_touch_updated_at_6e70e', table='applications_applicationarea', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='9cbb5e6792e5dcc15c75ec19885cdde635b8f93f', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_c3123', table='applications_applicationarea', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='tell_of_all', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='IF true THEN PERFORM registry_mark_public(true); END IF; RETURN NULL;', hash='400045020b2cd74b6f331dcd3b08d9ecc82bbab6', operation='UPDATE OF "slug", "position", "is_active", "name_de", "name_en"', pgid='pgtrigger_tell_of_all_f5d14', table='applications_applicationarea', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_applicationareaevent" ("created_at", "description_de", "description_en", "id", "is_active", "name_de", "name_en", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug", "updated_at") VALUES (NEW."created_at", NEW."description_de", NEW."description_en", NEW."id", NEW."is_active", NEW."name_de", NEW."name_en", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='9e3c9b76910bce3ead19bc6f6215da824d9db22a', operation='INSERT', pgid='pgtrigger_insert_insert_30002', table='applications_applicationarea', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='INSERT INTO "applications_applicationareaevent" ("created_at", "description_de", "description_en", "id", "is_active", "name_de", "name_en", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug", "updated_at") VALUES (NEW."created_at", NEW."description_de", NEW."description_en", NEW."id", NEW."is_active", NEW."name_de", NEW."name_en", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='2e5624c97e1ab5ee93558c20a0fed4b25fc06bae', operation='UPDATE', pgid='pgtrigger_update_update_36856', table='applications_applicationarea', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_applicationareaevent" ("created_at", "description_de", "description_en", "id", "is_active", "name_de", "name_en", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "slug", "updated_at") VALUES (OLD."created_at", OLD."description_de", OLD."description_en", OLD."id", OLD."is_active", OLD."name_de", OLD."name_en", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."slug", OLD."updated_at"); RETURN NULL;', hash='af62de271bde565adbbb65223f442f6a46bd6b09', operation='DELETE', pgid='pgtrigger_delete_delete_fbf2e', table='applications_applicationarea', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApplicationAreaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='applications.applicationarea')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(db_index=False, verbose_name='address')),
                ('name_de', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('description_de', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Order in lists and in the matrix.', verbose_name='position')),
                ('is_active', models.BooleanField(default=True, help_text='Inactive areas keep their actors but leave matrix and filters.', verbose_name='active')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, help_text='Who looks after this entry.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'application area',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='application_pgh_cre_ed32c9_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='66249a875618e91a6eb6de43284d66e97a69ebfc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0bc0', table='applications_applicationareaevent', when='BEFORE')),
                ],
            },
        ),
    ]
