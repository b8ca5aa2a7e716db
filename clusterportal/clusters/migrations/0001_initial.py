import clusterportal.core.constraints
import clusterportal.core.countries
import clusterportal.core.pictures
import clusterportal.core.telephone
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.core.validators
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
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name_de', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('country', models.CharField(default='DE', help_text='Two letters, ISO 3166-1.', max_length=2, validators=[clusterportal.core.countries.check_country], verbose_name='country')),
                ('nuts_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5, validators=[django.core.validators.RegexValidator('^[A-Z]{2}[0-9A-Z]{0,3}$', 'A NUTS code is a country code and up to three characters: DED51.')]), blank=True, default=list, help_text='Separated by commas, for example DEB32,DEB3F.', size=None, verbose_name='NUTS codes')),
                ('outline', models.JSONField(blank=True, editable=False, help_text='GeoJSON geometry, loaded by command.', null=True, verbose_name='outline')),
                ('outline_source', models.CharField(blank=True, editable=False, max_length=200, verbose_name='source of the outline')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['slug'],
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."slug", OLD."name_de", OLD."name_en", OLD."country", OLD."nuts_codes", OLD."outline", OLD."outline_source") IS DISTINCT FROM ROW(NEW."id", NEW."slug", NEW."name_de", NEW."name_en", NEW."country", NEW."nuts_codes", NEW."outline", NEW."outline_source") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='b355008a21be592dfaa432d124e542a2d4ea7a08', operation='UPDATE', pgid='pgtrigger_touch_updated_at_db2a3', table='clusters_region', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='92ef5742e455343d34e2837696cbafaba77427a3', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_3e84d', table='clusters_region', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_regionevent" ("country", "created_at", "id", "name_de", "name_en", "nuts_codes", "outline", "outline_source", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at") VALUES (NEW."country", NEW."created_at", NEW."id", NEW."name_de", NEW."name_en", NEW."nuts_codes", NEW."outline", NEW."outline_source", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='98d204d7fb29ec64a8bee833747745964b153e6a', operation='INSERT', pgid='pgtrigger_insert_insert_04d3e', table='clusters_region', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."nuts_codes" IS DISTINCT FROM (NEW."nuts_codes") OR OLD."outline" IS DISTINCT FROM (NEW."outline") OR OLD."outline_source" IS DISTINCT FROM (NEW."outline_source") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='INSERT INTO "clusters_regionevent" ("country", "created_at", "id", "name_de", "name_en", "nuts_codes", "outline", "outline_source", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at") VALUES (NEW."country", NEW."created_at", NEW."id", NEW."name_de", NEW."name_en", NEW."nuts_codes", NEW."outline", NEW."outline_source", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='a62f9d7285eb063801661e21fd4604325d11cd24', operation='UPDATE', pgid='pgtrigger_update_update_c92ec', table='clusters_region', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_regionevent" ("country", "created_at", "id", "name_de", "name_en", "nuts_codes", "outline", "outline_source", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at") VALUES (OLD."country", OLD."created_at", OLD."id", OLD."name_de", OLD."name_en", OLD."nuts_codes", OLD."outline", OLD."outline_source", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."updated_at"); RETURN NULL;', hash='78aacf8365f6206e6035302df63241c21898ee6a', operation='DELETE', pgid='pgtrigger_delete_delete_51239', table='clusters_region', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='RegionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.region')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(db_index=False, verbose_name='address')),
                ('name_de', models.CharField(max_length=120, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('country', models.CharField(default='DE', help_text='Two letters, ISO 3166-1.', max_length=2, validators=[clusterportal.core.countries.check_country], verbose_name='country')),
                ('nuts_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5, validators=[django.core.validators.RegexValidator('^[A-Z]{2}[0-9A-Z]{0,3}$', 'A NUTS code is a country code and up to three characters: DED51.')]), blank=True, default=list, help_text='Separated by commas, for example DEB32,DEB3F.', size=None, verbose_name='NUTS codes')),
                ('outline', models.JSONField(blank=True, editable=False, help_text='GeoJSON geometry, loaded by command.', null=True, verbose_name='outline')),
                ('outline_source', models.CharField(blank=True, editable=False, max_length=200, verbose_name='source of the outline')),
            ],
            options={
                'verbose_name': 'region',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='clusters_re_pgh_cre_f52fde_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f3c82bed6081efcf667fc7cc0dbea6ad7e1985e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3e85', table='clusters_regionevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('name_de', models.CharField(max_length=160, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clusters', to='clusters.region', verbose_name='region')),
                ('kind', models.CharField(choices=[('world_class', 'World-class cluster'), ('innovation', 'Innovation cluster'), ('regional', 'Regional cluster'), ('mini', 'Mini cluster')], default='regional', max_length=20, verbose_name='kind')),
                ('claim_de', models.CharField(blank=True, max_length=200, verbose_name='claim')),
                ('claim_en', models.CharField(blank=True, max_length=200, verbose_name='claim')),
                ('description_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('description_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('aims_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='aims and strategy')),
                ('aims_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='aims and strategy')),
                ('services_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='services')),
                ('services_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='services')),
                ('technology_field_de', models.CharField(blank=True, max_length=200, verbose_name='technology field')),
                ('technology_field_en', models.CharField(blank=True, max_length=200, verbose_name='technology field')),
                ('founded', models.PositiveSmallIntegerField(blank=True, help_text='Year.', null=True, validators=[clusterportal.core.constraints.check_year], verbose_name='founded')),
                ('founding_occasion_de', models.CharField(blank=True, max_length=200, verbose_name='occasion of founding')),
                ('founding_occasion_en', models.CharField(blank=True, max_length=200, verbose_name='occasion of founding')),
                ('legal_form', models.CharField(blank=True, max_length=80, verbose_name='legal form')),
                ('staff_fte', models.DecimalField(blank=True, decimal_places=2, help_text='Full-time equivalents.', max_digits=5, null=True, verbose_name='management staff')),
                ('life_cycle', models.CharField(blank=True, choices=[('emergence', 'Emergence'), ('growth', 'Growth'), ('sustainment', 'Sustainment'), ('decline', 'Decline'), ('transformation', 'Transformation')], max_length=20, verbose_name='life-cycle stage')),
                ('programmes', models.TextField(blank=True, help_text='One a line.', verbose_name='programme memberships')),
                ('homepage', models.URLField(blank=True, verbose_name='homepage')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clusterportal.core.telephone.clean_phone], verbose_name='phone')),
                ('logo', models.ImageField(blank=True, help_text='PNG, JPEG or WebP, at most 2 MB.', upload_to='clusters/', validators=[django.core.validators.FileExtensionValidator(['png', 'jpg', 'jpeg', 'webp']), clusterportal.core.pictures.check_logo], verbose_name='logo')),
                ('source', models.CharField(blank=True, help_text='Where these facts are published.', max_length=400, verbose_name='source')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('rejected', 'Rejected'), ('archived', 'Archived')], default='draft', max_length=12, verbose_name='state')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('owner', models.ForeignKey(blank=True, help_text='Who looks after this entry.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified on')),
                ('trusts_representatives', models.BooleanField(default=False, help_text='What representatives change in their own entry appears at once, without review.', verbose_name='trusts representatives')),
            ],
            options={
                'verbose_name': 'cluster',
                'verbose_name_plural': 'clusters',
                'ordering': ['position', 'slug'],
                'abstract': False,
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['world_class', 'innovation', 'regional', 'mini'])), name='cluster_kind_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'published', 'rejected', 'archived'])), name='cluster_state_known'),
                    models.CheckConstraint(condition=models.Q(('life_cycle__in', ['', 'emergence', 'growth', 'sustainment', 'decline', 'transformation'])), name='cluster_life_cycle_known'),
                    models.CheckConstraint(condition=models.Q(('founded__isnull', True), ('founded__range', (900, 2100)), _connector='OR'), name='cluster_founded_plausible'),
                    models.CheckConstraint(condition=models.Q(('homepage', ''), ('homepage__iregex', '^(https?|ftps?)://'), _connector='OR'), name='cluster_homepage_on_the_web', violation_error_message='A web address begins with http:// or https://.'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."slug", OLD."name_de", OLD."name_en", OLD."region_id", OLD."kind", OLD."claim_de", OLD."claim_en", OLD."description_de", OLD."description_en", OLD."aims_de", OLD."aims_en", OLD."services_de", OLD."services_en", OLD."technology_field_de", OLD."technology_field_en", OLD."founded", OLD."founding_occasion_de", OLD."founding_occasion_en", OLD."legal_form", OLD."staff_fte", OLD."life_cycle", OLD."programmes", OLD."homepage", OLD."email", OLD."phone", OLD."logo", OLD."source", OLD."state", OLD."position", OLD."is_active", OLD."owner_id", OLD."verified_on", OLD."trusts_representatives") IS DISTINCT FROM ROW(NEW."id", NEW."slug", NEW."name_de", NEW."name_en", NEW."region_id", NEW."kind", NEW."claim_de", NEW."claim_en", NEW."description_de", NEW."description_en", NEW."aims_de", NEW."aims_en", NEW."services_de", NEW."services_en", NEW."technology_field_de", NEW."technology_field_en", NEW."founded", NEW."founding_occasion_de", NEW."founding_occasion_en", NEW."legal_form", NEW."staff_fte", NEW."life_cycle", NEW."programmes", NEW."homepage", NEW."email", NEW."phone", NEW."logo", NEW."source", NEW."state", NEW."position", NEW."is_active", NEW."owner_id", NEW."verified_on", NEW."trusts_representatives") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='9785fdb2a129f2d47d1dae18efa9192ab8adac6f', operation='UPDATE', pgid='pgtrigger_touch_updated_at_d62fe', table='clusters_cluster', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='ffaa22314896b66aa73992316b0bb49ecec5e474', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_cba41', table='clusters_cluster', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='tell_of_all', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF 'published' IN (OLD.state, NEW.state) THEN PERFORM registry_mark_public(true); END IF; RETURN NULL;", hash='e3e4dfaca42ebb586091150cf2927be8c57e5e8f', operation='UPDATE OF "slug", "position", "state", "is_active", "name_de", "name_en"', pgid='pgtrigger_tell_of_all_9d9b5', table='clusters_cluster', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clusterevent" ("aims_de", "aims_en", "claim_de", "claim_en", "created_at", "description_de", "description_en", "email", "founded", "founding_occasion_de", "founding_occasion_en", "homepage", "id", "is_active", "kind", "legal_form", "life_cycle", "logo", "name_de", "name_en", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "programmes", "region_id", "services_de", "services_en", "slug", "source", "staff_fte", "state", "technology_field_de", "technology_field_en", "trusts_representatives", "updated_at", "verified_on") VALUES (NEW."aims_de", NEW."aims_en", NEW."claim_de", NEW."claim_en", NEW."created_at", NEW."description_de", NEW."description_en", NEW."email", NEW."founded", NEW."founding_occasion_de", NEW."founding_occasion_en", NEW."homepage", NEW."id", NEW."is_active", NEW."kind", NEW."legal_form", NEW."life_cycle", NEW."logo", NEW."name_de", NEW."name_en", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."position", NEW."programmes", NEW."region_id", NEW."services_de", NEW."services_en", NEW."slug", NEW."source", NEW."staff_fte", NEW."state", NEW."technology_field_de", NEW."technology_field_en", NEW."trusts_representatives", NEW."updated_at", NEW."verified_on"); RETURN NULL;', hash='af71f1d3ec6a1014e72d0621a3245f1ddc703c60', operation='INSERT', pgid='pgtrigger_insert_insert_3762a', table='clusters_cluster', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."aims_de" IS DISTINCT FROM (NEW."aims_de") OR OLD."aims_en" IS DISTINCT FROM (NEW."aims_en") OR OLD."claim_de" IS DISTINCT FROM (NEW."claim_de") OR OLD."claim_en" IS DISTINCT FROM (NEW."claim_en") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."founded" IS DISTINCT FROM (NEW."founded") OR OLD."founding_occasion_de" IS DISTINCT FROM (NEW."founding_occasion_de") OR OLD."founding_occasion_en" IS DISTINCT FROM (NEW."founding_occasion_en") OR OLD."homepage" IS DISTINCT FROM (NEW."homepage") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."legal_form" IS DISTINCT FROM (NEW."legal_form") OR OLD."life_cycle" IS DISTINCT FROM (NEW."life_cycle") OR OLD."logo" IS DISTINCT FROM (NEW."logo") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."programmes" IS DISTINCT FROM (NEW."programmes") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."services_de" IS DISTINCT FROM (NEW."services_de") OR OLD."services_en" IS DISTINCT FROM (NEW."services_en") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."staff_fte" IS DISTINCT FROM (NEW."staff_fte") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."technology_field_de" IS DISTINCT FROM (NEW."technology_field_de") OR OLD."technology_field_en" IS DISTINCT FROM (NEW."technology_field_en") OR OLD."trusts_representatives" IS DISTINCT FROM (NEW."trusts_representatives") OR OLD."verified_on" IS DISTINCT FROM (NEW."verified_on"))', func='INSERT INTO "clusters_clusterevent" ("aims_de", "aims_en", "claim_de", "claim_en", "created_at", "description_de", "description_en", "email", "founded", "founding_occasion_de", "founding_occasion_en", "homepage", "id", "is_active", "kind", "legal_form", "life_cycle", "logo", "name_de", "name_en", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "programmes", "region_id", "services_de", "services_en", "slug", "source", "staff_fte", "state", "technology_field_de", "technology_field_en", "trusts_representatives", "updated_at", "verified_on") VALUES (NEW."aims_de", NEW."aims_en", NEW."claim_de", NEW."claim_en", NEW."created_at", NEW."description_de", NEW."description_en", NEW."email", NEW."founded", NEW."founding_occasion_de", NEW."founding_occasion_en", NEW."homepage", NEW."id", NEW."is_active", NEW."kind", NEW."legal_form", NEW."life_cycle", NEW."logo", NEW."name_de", NEW."name_en", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."position", NEW."programmes", NEW."region_id", NEW."services_de", NEW."services_en", NEW."slug", NEW."source", NEW."staff_fte", NEW."state", NEW."technology_field_de", NEW."technology_field_en", NEW."trusts_representatives", NEW."updated_at", NEW."verified_on"); RETURN NULL;', hash='a47c88a883cd09fdf044c0a1d308759d71df811c', operation='UPDATE', pgid='pgtrigger_update_update_03e1f', table='clusters_cluster', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clusterevent" ("aims_de", "aims_en", "claim_de", "claim_en", "created_at", "description_de", "description_en", "email", "founded", "founding_occasion_de", "founding_occasion_en", "homepage", "id", "is_active", "kind", "legal_form", "life_cycle", "logo", "name_de", "name_en", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "programmes", "region_id", "services_de", "services_en", "slug", "source", "staff_fte", "state", "technology_field_de", "technology_field_en", "trusts_representatives", "updated_at", "verified_on") VALUES (OLD."aims_de", OLD."aims_en", OLD."claim_de", OLD."claim_en", OLD."created_at", OLD."description_de", OLD."description_en", OLD."email", OLD."founded", OLD."founding_occasion_de", OLD."founding_occasion_en", OLD."homepage", OLD."id", OLD."is_active", OLD."kind", OLD."legal_form", OLD."life_cycle", OLD."logo", OLD."name_de", OLD."name_en", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."position", OLD."programmes", OLD."region_id", OLD."services_de", OLD."services_en", OLD."slug", OLD."source", OLD."staff_fte", OLD."state", OLD."technology_field_de", OLD."technology_field_en", OLD."trusts_representatives", OLD."updated_at", OLD."verified_on"); RETURN NULL;', hash='240fbeb71c1fb6a4711d075aefb341cf57b93458', operation='DELETE', pgid='pgtrigger_delete_delete_bb341', table='clusters_cluster', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClusterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.cluster')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(db_index=False, max_length=80, verbose_name='address')),
                ('name_de', models.CharField(max_length=160, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.region', verbose_name='region')),
                ('kind', models.CharField(choices=[('world_class', 'World-class cluster'), ('innovation', 'Innovation cluster'), ('regional', 'Regional cluster'), ('mini', 'Mini cluster')], default='regional', max_length=20, verbose_name='kind')),
                ('claim_de', models.CharField(blank=True, max_length=200, verbose_name='claim')),
                ('claim_en', models.CharField(blank=True, max_length=200, verbose_name='claim')),
                ('description_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('description_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('aims_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='aims and strategy')),
                ('aims_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='aims and strategy')),
                ('services_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='services')),
                ('services_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='services')),
                ('technology_field_de', models.CharField(blank=True, max_length=200, verbose_name='technology field')),
                ('technology_field_en', models.CharField(blank=True, max_length=200, verbose_name='technology field')),
                ('founded', models.PositiveSmallIntegerField(blank=True, help_text='Year.', null=True, validators=[clusterportal.core.constraints.check_year], verbose_name='founded')),
                ('founding_occasion_de', models.CharField(blank=True, max_length=200, verbose_name='occasion of founding')),
                ('founding_occasion_en', models.CharField(blank=True, max_length=200, verbose_name='occasion of founding')),
                ('legal_form', models.CharField(blank=True, max_length=80, verbose_name='legal form')),
                ('staff_fte', models.DecimalField(blank=True, decimal_places=2, help_text='Full-time equivalents.', max_digits=5, null=True, verbose_name='management staff')),
                ('life_cycle', models.CharField(blank=True, choices=[('emergence', 'Emergence'), ('growth', 'Growth'), ('sustainment', 'Sustainment'), ('decline', 'Decline'), ('transformation', 'Transformation')], max_length=20, verbose_name='life-cycle stage')),
                ('programmes', models.TextField(blank=True, help_text='One a line.', verbose_name='programme memberships')),
                ('homepage', models.URLField(blank=True, verbose_name='homepage')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clusterportal.core.telephone.clean_phone], verbose_name='phone')),
                ('logo', models.ImageField(blank=True, help_text='PNG, JPEG or WebP, at most 2 MB.', upload_to='clusters/', validators=[django.core.validators.FileExtensionValidator(['png', 'jpg', 'jpeg', 'webp']), clusterportal.core.pictures.check_logo], verbose_name='logo')),
                ('source', models.CharField(blank=True, help_text='Where these facts are published.', max_length=400, verbose_name='source')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('rejected', 'Rejected'), ('archived', 'Archived')], default='draft', max_length=12, verbose_name='state')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, help_text='Who looks after this entry.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified on')),
                ('trusts_representatives', models.BooleanField(default=False, help_text='What representatives change in their own entry appears at once, without review.', verbose_name='trusts representatives')),
            ],
            options={
                'verbose_name': 'cluster',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='clusters_cl_pgh_cre_f314cd_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f3f361373fb0097785d4d86e2bb8aa0318d7d888', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f31b1', table='clusters_clusterevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='clusters.cluster', verbose_name='cluster')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team_memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'member of the team',
                'verbose_name_plural': 'team',
                'ordering': ['cluster__position', 'user__username'],
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('cluster', 'user'), name='team_member_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."cluster_id", OLD."user_id") IS DISTINCT FROM ROW(NEW."id", NEW."cluster_id", NEW."user_id") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='831e1d39d3f2f96ceadc67a7b06bdb4d05e8671d', operation='UPDATE', pgid='pgtrigger_touch_updated_at_a9221', table='clusters_teammember', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='3a67de8c95448ec256cbcfca7341e7311d69d7e5', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_22e6d', table='clusters_teammember', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_teammemberevent" ("cluster_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "user_id") VALUES (NEW."cluster_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at", NEW."user_id"); RETURN NULL;', hash='98bd999093c7819056ca8892277ff40bc86c25e3', operation='INSERT', pgid='pgtrigger_insert_insert_1b6fc', table='clusters_teammember', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "clusters_teammemberevent" ("cluster_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "user_id") VALUES (NEW."cluster_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at", NEW."user_id"); RETURN NULL;', hash='856cc1175c9c829a2f670d56d09b972963a8ba48', operation='UPDATE', pgid='pgtrigger_update_update_ae365', table='clusters_teammember', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_teammemberevent" ("cluster_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "user_id") VALUES (OLD."cluster_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."user_id"); RETURN NULL;', hash='b301fba0b50b3cf46445d5c7dcd00fb2c6b5edf7', operation='DELETE', pgid='pgtrigger_delete_delete_782a3', table='clusters_teammember', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='TeamMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.teammember')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster', verbose_name='cluster')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'member of the team',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='clusters_te_pgh_cre_309cdf_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4fbf92eee9b48bdfa1d9132287aeb799339ccf46', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2310f', table='clusters_teammemberevent', when='BEFORE')),
                ],
            },
        ),
    ]
