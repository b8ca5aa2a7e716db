import clusterportal.core.constraints
import clusterportal.core.countries
import clusterportal.core.functions
import clusterportal.core.migrating
import clusterportal.core.pictures
import clusterportal.core.telephone
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('history', '0001_initial'),
        ('applications', '0001_initial'),
        ('clusters', '0001_initial'),
        ('layers', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='permanent id')),
                ('name', models.CharField(help_text='As registered, with its legal form.', max_length=300, verbose_name='name')),
                ('short_name', models.CharField(blank=True, help_text='What people call it: an acronym or the name without its legal form.', max_length=120, verbose_name='short name')),
                ('slug', models.SlugField(help_text="The last part of the page's address. An old address keeps leading here.", max_length=120, unique=True, verbose_name='address')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('startup', 'Start-up'), ('university', 'University'), ('research_institute', 'Research institute'), ('service_provider', 'Service provider'), ('supplier', 'Supplier'), ('manufacturer', 'Manufacturer'), ('association', 'Network or association'), ('public_body', 'Public body'), ('chamber', 'Chamber'), ('education', 'Educational institution'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('legal_form', models.CharField(blank=True, choices=[('2HBR', 'GmbH'), ('63KS', 'UG (haftungsbeschränkt)'), ('SCE1', 'gGmbH'), ('6QQB', 'AG'), ('YA01', 'gAG'), ('SGST', 'SE'), ('T0YJ', 'KGaA'), ('8Z6G', 'KG'), ('40DB', 'OHG'), ('FR3V', 'GbR'), ('8CM0', 'PartG'), ('2YZO', 'PartG mbB'), ('OL20', 'e. K.'), ('AZFE', 'eG'), ('SUA1', 'SCE'), ('QZ3L', 'e. V.'), ('79H0', 'Association without registration'), ('SQKS', 'Corporation under public law'), ('XLWA', 'Institution under public law'), ('FEBD', 'Foundation under public law'), ('V2YH', 'Foundation under private law'), ('13AV', 'VVaG')], max_length=4, verbose_name='legal form')),
                ('size', models.CharField(blank=True, choices=[('micro', 'Micro, under 10 staff'), ('small', 'Small, under 50 staff'), ('medium', 'Medium, under 250 staff'), ('large', 'Large, 250 staff and more')], max_length=10, verbose_name='size class')),
                ('founded', models.PositiveSmallIntegerField(blank=True, help_text='Year.', null=True, validators=[clusterportal.core.constraints.check_year], verbose_name='founded')),
                ('logo', models.ImageField(blank=True, help_text='PNG, JPEG or WebP, at most 2 MB.', upload_to='logos/', validators=[django.core.validators.FileExtensionValidator(['png', 'jpg', 'jpeg', 'webp']), clusterportal.core.pictures.check_logo], verbose_name='logo')),
                ('summary_de', models.CharField(blank=True, help_text='One sentence: what do they do?', max_length=300, verbose_name='summary')),
                ('summary_en', models.CharField(blank=True, help_text='One sentence: what do they do?', max_length=300, verbose_name='summary')),
                ('description_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('description_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('website', models.URLField(blank=True, max_length=500, verbose_name='website')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clusterportal.core.telephone.clean_phone], verbose_name='phone')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='city')),
                ('state_name', models.CharField(blank=True, max_length=120, verbose_name='federal state')),
                ('country', models.CharField(default='DE', help_text='Two letters, ISO 3166-1.', max_length=2, validators=[clusterportal.core.countries.check_country], verbose_name='country')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('location_accuracy', models.CharField(blank=True, choices=[('exact', 'Exact: the building'), ('approximate', 'Approximate: the town or its district')], help_text='Exact only where the point marks the building. Nothing counts as approximate.', max_length=12, verbose_name='accuracy of the coordinates')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('rejected', 'Rejected'), ('archived', 'Archived')], default='draft', max_length=12, verbose_name='publication')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published at')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified on')),
                ('source', models.CharField(blank=True, help_text='Where these facts are published.', max_length=500, verbose_name='source')),
                ('public_updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='public entry updated at')),
                ('sort_key', models.GeneratedField(db_persist=True, expression=clusterportal.core.functions.SortKey(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.NullIf(models.F('short_name'), models.Value('')), models.F('name'))), output_field=models.TextField(db_collation='C'))),
                ('name_key', models.GeneratedField(db_persist=True, expression=clusterportal.core.functions.Fold(models.F('name')), output_field=models.TextField(db_collation='C'))),
            ],
            options={
                'verbose_name': 'actor',
                'verbose_name_plural': 'actors',
                'ordering': ['sort_key', 'pk'],
                'permissions': [('publish_actor', 'Can publish actors'), ('view_contacts', 'Can see contacts without consent'), ('reach_all_actors', 'Can work with actors of all clusters'), ('import_actor', 'Can import actors'), ('export_actor', 'Can export actors'), ('merge_actor', 'Can merge actors')],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('sort_key'), models.F('id'), condition=models.Q(('state', 'published')), name='actor_public_by_name'),
                    models.Index(models.OrderBy(models.F('created_at'), descending=True), models.F('id'), condition=models.Q(('state', 'published')), name='actor_public_newest'),
                    models.Index(models.F('public_updated_at'), condition=models.Q(('state', 'published')), name='actor_public_updated'),
                    models.Index(condition=models.Q(('state', 'published')), fields=['latitude', 'longitude'], include=('id',), name='actor_public_spot'),
                    models.Index(models.F('state'), models.F('sort_key'), name='actor_by_state'),
                    models.Index(models.F('kind'), name='actor_by_kind'),
                    models.Index(models.F('city'), name='actor_by_city'),
                    models.Index(models.F('logo'), condition=models.Q(('logo', ''), _negated=True), name='actor_by_logo'),
                    models.Index(models.F('postcode'), name='actor_by_postcode'),
                    models.Index(models.F('name_key'), models.F('id'), condition=models.Q(('state', 'published')), name='actor_public_by_full_name'),
                    models.Index(django.db.models.functions.comparison.Collate(clusterportal.core.functions.Fold('city'), 'C'), models.F('city'), models.F('id'), condition=models.Q(('state', 'published'), models.Q(('city', ''), _negated=True)), name='actor_public_cities'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='actor_has_a_name'),
                    models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='actor_has_an_address'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['company', 'startup', 'university', 'research_institute', 'service_provider', 'supplier', 'manufacturer', 'association', 'public_body', 'chamber', 'education', 'other'])), name='actor_kind_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'published', 'rejected', 'archived'])), name='actor_state_known'),
                    models.CheckConstraint(condition=models.Q(('size__in', ['', 'micro', 'small', 'medium', 'large'])), name='actor_size_known'),
                    models.CheckConstraint(condition=models.Q(('location_accuracy__in', ['', 'exact', 'approximate'])), name='actor_location_accuracy_known'),
                    models.CheckConstraint(condition=models.Q(('founded__isnull', True), ('founded__range', (900, 2100)), _connector='OR'), name='actor_founded_plausible'),
                    models.CheckConstraint(condition=models.Q(('website', ''), ('website__iregex', '^(https?|ftps?)://'), _connector='OR'), name='actor_website_on_the_web', violation_error_message='A web address begins with http:// or https://.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('short_name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('summary_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('summary_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('street__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('postcode__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('city__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('state_name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('phone__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('email__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('website__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('source__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True)), name='actor_printable'),
                    models.CheckConstraint(condition=models.Q(('country__regex', '^[A-Z]{2}$')), name='actor_country_two_letters'),
                    models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='actor_coordinates_both_or_none'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='actor_published_has_a_date'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."uid", OLD."name", OLD."short_name", OLD."slug", OLD."kind", OLD."legal_form", OLD."size", OLD."founded", OLD."logo", OLD."summary_de", OLD."summary_en", OLD."description_de", OLD."description_en", OLD."website", OLD."email", OLD."phone", OLD."street", OLD."postcode", OLD."city", OLD."state_name", OLD."country", OLD."latitude", OLD."longitude", OLD."location_accuracy", OLD."state", OLD."published_at", OLD."verified_on", OLD."source") IS DISTINCT FROM ROW(NEW."id", NEW."uid", NEW."name", NEW."short_name", NEW."slug", NEW."kind", NEW."legal_form", NEW."size", NEW."founded", NEW."logo", NEW."summary_de", NEW."summary_en", NEW."description_de", NEW."description_en", NEW."website", NEW."email", NEW."phone", NEW."street", NEW."postcode", NEW."city", NEW."state_name", NEW."country", NEW."latitude", NEW."longitude", NEW."location_accuracy", NEW."state", NEW."published_at", NEW."verified_on", NEW."source") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='c5f8c2d2bd75631896e08298a8cc25644aa08de8', operation='UPDATE', pgid='pgtrigger_touch_updated_at_a2e0e', table='actors_actor', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='e61c29ad76ee1ab19bf974e81edd7438803bc161', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_df9f5', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='date_public_change', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF TG_OP = \'INSERT\' OR NEW.public_updated_at > OLD.public_updated_at OR ROW(OLD."id", OLD."uid", OLD."name", OLD."short_name", OLD."slug", OLD."kind", OLD."legal_form", OLD."size", OLD."founded", OLD."logo", OLD."summary_de", OLD."summary_en", OLD."description_de", OLD."description_en", OLD."website", OLD."email", OLD."phone", OLD."street", OLD."postcode", OLD."city", OLD."state_name", OLD."country", OLD."latitude", OLD."longitude", OLD."location_accuracy", OLD."state", OLD."published_at", OLD."verified_on", OLD."source") IS DISTINCT FROM ROW(NEW."id", NEW."uid", NEW."name", NEW."short_name", NEW."slug", NEW."kind", NEW."legal_form", NEW."size", NEW."founded", NEW."logo", NEW."summary_de", NEW."summary_en", NEW."description_de", NEW."description_en", NEW."website", NEW."email", NEW."phone", NEW."street", NEW."postcode", NEW."city", NEW."state_name", NEW."country", NEW."latitude", NEW."longitude", NEW."location_accuracy", NEW."state", NEW."published_at", NEW."verified_on", NEW."source") THEN\n  NEW.public_updated_at = now();\nELSE\n  NEW.public_updated_at = OLD.public_updated_at;\nEND IF;\nRETURN NEW;', hash='fa6643456254c05ce7753f13e601e06ee5e57e32', operation='INSERT OR UPDATE', pgid='pgtrigger_date_public_change_5c8bc', table='actors_actor', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='tell_public', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF 'published' IN (OLD.state, NEW.state) AND (TG_OP = 'DELETE' OR NEW.public_updated_at = now()) THEN\n  PERFORM registry_mark_public();\nEND IF;\nRETURN NULL;", hash='e553c8d101709c017d415bcf3b388b889a8ee87b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_tell_public_5de36', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='tell_public_of_all', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_public(true); RETURN NULL;', hash='a5e717df13ea56caa64eb478f9aaefc5eaa48cf0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_tell_public_of_all_46f34', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT id AS actor_id FROM changed) fed; RETURN NULL;', hash='b2b1e1890b21c85134d15f976521cdea081a5635', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_on_insert_a1745', referencing='REFERENCING NEW TABLE AS changed ', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_rename', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_name" IS DISTINCT FROM (NEW."state_name") OR OLD."summary_de" IS DISTINCT FROM (NEW."summary_de") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en"))', func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT NEW.id AS actor_id) fed; RETURN NULL;', hash='2216561e289f081bd6b602ef4dfe6ad93865b7f5', operation='UPDATE OF "state", "name", "short_name", "postcode", "city", "state_name", "summary_de", "summary_en", "description_de", "description_en"', pgid='pgtrigger_feed_search_on_rename_ad181', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='drop_document', sql=pgtrigger.compiler.UpsertTriggerSql(func='DELETE FROM actors_searchdocument WHERE actor_id = OLD.id; DELETE FROM actors_searchnames WHERE actor_id = OLD.id; RETURN NULL;', hash='d8348375beb5f36f43c29e73a5d30b7ac7059552', operation='DELETE', pgid='pgtrigger_drop_document_2f7ee', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='keep_old_slug', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.slug IS DISTINCT FROM NEW.slug)', func='\nDELETE FROM actors_formerslug WHERE slug = NEW.slug;\nINSERT INTO actors_formerslug (slug, actor_id) VALUES (OLD.slug, NEW.id)\n    ON CONFLICT (slug) DO UPDATE SET actor_id = EXCLUDED.actor_id;\nRETURN NULL;\n', hash='acc568ec2d6e4c0fdb0f60988e3bc62f93678fe9', operation='UPDATE OF "slug"', pgid='pgtrigger_keep_old_slug_33f34', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='date_publication', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'published' AND NEW.published_at IS NULL)", func='NEW.published_at = now(); RETURN NEW;', hash='37ee7c9c40c2d3238a6f0b61f8d0c11f14ab2717', operation='INSERT OR UPDATE OF "state"', pgid='pgtrigger_date_publication_ea089', table='actors_actor', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='keep_uid', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."uid" IS DISTINCT FROM (NEW."uid"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0c4a9e01adbaeb92dcbe21212b2fc21497b36a44', operation='UPDATE', pgid='pgtrigger_keep_uid_7bc14', table='actors_actor', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actorevent" ("city", "country", "created_at", "description_de", "description_en", "email", "founded", "id", "kind", "latitude", "legal_form", "location_accuracy", "logo", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "published_at", "short_name", "size", "slug", "source", "state", "state_name", "street", "summary_de", "summary_en", "uid", "updated_at", "verified_on", "website") VALUES (NEW."city", NEW."country", NEW."created_at", NEW."description_de", NEW."description_en", NEW."email", NEW."founded", NEW."id", NEW."kind", NEW."latitude", NEW."legal_form", NEW."location_accuracy", NEW."logo", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."published_at", NEW."short_name", NEW."size", NEW."slug", NEW."source", NEW."state", NEW."state_name", NEW."street", NEW."summary_de", NEW."summary_en", NEW."uid", NEW."updated_at", NEW."verified_on", NEW."website"); RETURN NULL;', hash='ef655d01dc6ef645df048f3056eeed34b90394de', operation='INSERT', pgid='pgtrigger_insert_insert_64c15', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."founded" IS DISTINCT FROM (NEW."founded") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."legal_form" IS DISTINCT FROM (NEW."legal_form") OR OLD."location_accuracy" IS DISTINCT FROM (NEW."location_accuracy") OR OLD."logo" IS DISTINCT FROM (NEW."logo") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_name" IS DISTINCT FROM (NEW."state_name") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."summary_de" IS DISTINCT FROM (NEW."summary_de") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."verified_on" IS DISTINCT FROM (NEW."verified_on") OR OLD."website" IS DISTINCT FROM (NEW."website"))', func='INSERT INTO "actors_actorevent" ("city", "country", "created_at", "description_de", "description_en", "email", "founded", "id", "kind", "latitude", "legal_form", "location_accuracy", "logo", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "published_at", "short_name", "size", "slug", "source", "state", "state_name", "street", "summary_de", "summary_en", "uid", "updated_at", "verified_on", "website") VALUES (NEW."city", NEW."country", NEW."created_at", NEW."description_de", NEW."description_en", NEW."email", NEW."founded", NEW."id", NEW."kind", NEW."latitude", NEW."legal_form", NEW."location_accuracy", NEW."logo", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."published_at", NEW."short_name", NEW."size", NEW."slug", NEW."source", NEW."state", NEW."state_name", NEW."street", NEW."summary_de", NEW."summary_en", NEW."uid", NEW."updated_at", NEW."verified_on", NEW."website"); RETURN NULL;', hash='3f6d896dc55ceaac69792de581f27642276ce6bd', operation='UPDATE', pgid='pgtrigger_update_update_eb0cc', table='actors_actor', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actorevent" ("city", "country", "created_at", "description_de", "description_en", "email", "founded", "id", "kind", "latitude", "legal_form", "location_accuracy", "logo", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "published_at", "short_name", "size", "slug", "source", "state", "state_name", "street", "summary_de", "summary_en", "uid", "updated_at", "verified_on", "website") VALUES (OLD."city", OLD."country", OLD."created_at", OLD."description_de", OLD."description_en", OLD."email", OLD."founded", OLD."id", OLD."kind", OLD."latitude", OLD."legal_form", OLD."location_accuracy", OLD."logo", OLD."longitude", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."postcode", OLD."published_at", OLD."short_name", OLD."size", OLD."slug", OLD."source", OLD."state", OLD."state_name", OLD."street", OLD."summary_de", OLD."summary_en", OLD."uid", OLD."updated_at", OLD."verified_on", OLD."website"); RETURN NULL;', hash='8807eba167060eda62abc7c4dedd7baf35355d3e', operation='DELETE', pgid='pgtrigger_delete_delete_b7108', table='actors_actor', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.actor')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='permanent id')),
                ('name', models.CharField(help_text='As registered, with its legal form.', max_length=300, verbose_name='name')),
                ('short_name', models.CharField(blank=True, help_text='What people call it: an acronym or the name without its legal form.', max_length=120, verbose_name='short name')),
                ('slug', models.SlugField(db_index=False, help_text="The last part of the page's address. An old address keeps leading here.", max_length=120, verbose_name='address')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('startup', 'Start-up'), ('university', 'University'), ('research_institute', 'Research institute'), ('service_provider', 'Service provider'), ('supplier', 'Supplier'), ('manufacturer', 'Manufacturer'), ('association', 'Network or association'), ('public_body', 'Public body'), ('chamber', 'Chamber'), ('education', 'Educational institution'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('legal_form', models.CharField(blank=True, choices=[('2HBR', 'GmbH'), ('63KS', 'UG (haftungsbeschränkt)'), ('SCE1', 'gGmbH'), ('6QQB', 'AG'), ('YA01', 'gAG'), ('SGST', 'SE'), ('T0YJ', 'KGaA'), ('8Z6G', 'KG'), ('40DB', 'OHG'), ('FR3V', 'GbR'), ('8CM0', 'PartG'), ('2YZO', 'PartG mbB'), ('OL20', 'e. K.'), ('AZFE', 'eG'), ('SUA1', 'SCE'), ('QZ3L', 'e. V.'), ('79H0', 'Association without registration'), ('SQKS', 'Corporation under public law'), ('XLWA', 'Institution under public law'), ('FEBD', 'Foundation under public law'), ('V2YH', 'Foundation under private law'), ('13AV', 'VVaG')], max_length=4, verbose_name='legal form')),
                ('size', models.CharField(blank=True, choices=[('micro', 'Micro, under 10 staff'), ('small', 'Small, under 50 staff'), ('medium', 'Medium, under 250 staff'), ('large', 'Large, 250 staff and more')], max_length=10, verbose_name='size class')),
                ('founded', models.PositiveSmallIntegerField(blank=True, help_text='Year.', null=True, validators=[clusterportal.core.constraints.check_year], verbose_name='founded')),
                ('logo', models.ImageField(blank=True, help_text='PNG, JPEG or WebP, at most 2 MB.', upload_to='logos/', validators=[django.core.validators.FileExtensionValidator(['png', 'jpg', 'jpeg', 'webp']), clusterportal.core.pictures.check_logo], verbose_name='logo')),
                ('summary_de', models.CharField(blank=True, help_text='One sentence: what do they do?', max_length=300, verbose_name='summary')),
                ('summary_en', models.CharField(blank=True, help_text='One sentence: what do they do?', max_length=300, verbose_name='summary')),
                ('description_de', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('description_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='description')),
                ('website', models.URLField(blank=True, max_length=500, verbose_name='website')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clusterportal.core.telephone.clean_phone], verbose_name='phone')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='city')),
                ('state_name', models.CharField(blank=True, max_length=120, verbose_name='federal state')),
                ('country', models.CharField(default='DE', help_text='Two letters, ISO 3166-1.', max_length=2, validators=[clusterportal.core.countries.check_country], verbose_name='country')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('location_accuracy', models.CharField(blank=True, choices=[('exact', 'Exact: the building'), ('approximate', 'Approximate: the town or its district')], help_text='Exact only where the point marks the building. Nothing counts as approximate.', max_length=12, verbose_name='accuracy of the coordinates')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('rejected', 'Rejected'), ('archived', 'Archived')], default='draft', max_length=12, verbose_name='publication')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published at')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified on')),
                ('source', models.CharField(blank=True, help_text='Where these facts are published.', max_length=500, verbose_name='source')),
            ],
            options={
                'verbose_name': 'actor',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_acto_pgh_cre_26fd28_idx'),
                    models.Index(models.F('slug'), condition=models.Q(('state', 'published')), name='actorevent_public_slug'),
                    models.Index(models.F('uid'), condition=models.Q(('state', 'published')), name='actorevent_public_uid'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='660efeefb65b427b6a40b4cabedc1c6cd73bda2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f15c6', table='actors_actorevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='LayerPlacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='actors.actor', verbose_name='actor')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='layers.layer', verbose_name='layer')),
                ('basis', models.CharField(choices=[('topic', 'Topic'), ('service', 'Service'), ('both', 'Topic and service')], default='topic', max_length=10, verbose_name='basis')),
                ('note_de', models.CharField(blank=True, help_text='One short sentence.', max_length=200, verbose_name='reason')),
                ('note_en', models.CharField(blank=True, help_text='One short sentence.', max_length=200, verbose_name='reason')),
                ('is_primary', models.BooleanField(default=False, verbose_name='main layer')),
            ],
            options={
                'verbose_name': 'placement on a layer',
                'verbose_name_plural': 'placements on layers',
                'ordering': ['layer__position'],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('layer'), models.F('actor'), name='placement_by_layer'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('actor', 'layer'), name='placement_once_a_layer'),
                    models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('actor',), name='placement_one_main_layer'),
                    models.CheckConstraint(condition=models.Q(('basis__in', ['topic', 'service', 'both'])), name='placement_basis_known'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."layer_id", OLD."basis", OLD."note_de", OLD."note_en", OLD."is_primary") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."layer_id", NEW."basis", NEW."note_de", NEW."note_en", NEW."is_primary") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='b26ab4a16d7a09e297eb7a0b0205d8f8ec012828', operation='UPDATE', pgid='pgtrigger_touch_updated_at_3fcc0', table='actors_layerplacement', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='10f59e938f57c4777118060ab71fce380be926d7', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_7eae1', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='53355bcfb4dda345676392219cf823cef8f4a13b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_f39be', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='46339cd2dfd4617bc8babad880cecb83ab1332c0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_on_insert_f5946', referencing='REFERENCING NEW TABLE AS changed ', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='40a13a9455e37464427c5e70dc2e1b6d2d7a2e02', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feed_search_on_update_08eec', referencing='REFERENCING NEW TABLE AS changed ', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='087825d79f05299cbaea6a5e561e6bf4e9c14471', level='STATEMENT', operation='DELETE', pgid='pgtrigger_feed_search_on_delete_61e31', referencing='REFERENCING OLD TABLE AS changed ', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_layerplacementevent" ("actor_id", "basis", "created_at", "id", "is_primary", "layer_id", "note_de", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (NEW."actor_id", NEW."basis", NEW."created_at", NEW."id", NEW."is_primary", NEW."layer_id", NEW."note_de", NEW."note_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at"); RETURN NULL;', hash='9de724db1d9e0e759a88f162879dafcf27ac4ff6', operation='INSERT', pgid='pgtrigger_insert_insert_b74aa', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_primary" IS DISTINCT FROM (NEW."is_primary") OR OLD."layer_id" IS DISTINCT FROM (NEW."layer_id") OR OLD."note_de" IS DISTINCT FROM (NEW."note_de") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en"))', func='INSERT INTO "actors_layerplacementevent" ("actor_id", "basis", "created_at", "id", "is_primary", "layer_id", "note_de", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (NEW."actor_id", NEW."basis", NEW."created_at", NEW."id", NEW."is_primary", NEW."layer_id", NEW."note_de", NEW."note_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at"); RETURN NULL;', hash='980ccdf8153f39e72c6f6efbc36e69eb743db866', operation='UPDATE', pgid='pgtrigger_update_update_579de', table='actors_layerplacement', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_layerplacementevent" ("actor_id", "basis", "created_at", "id", "is_primary", "layer_id", "note_de", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."actor_id", OLD."basis", OLD."created_at", OLD."id", OLD."is_primary", OLD."layer_id", OLD."note_de", OLD."note_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at"); RETURN NULL;', hash='58207492af98600e49896380bff2f8d24bd5d4d3', operation='DELETE', pgid='pgtrigger_delete_delete_2d806', table='actors_layerplacement', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='LayerPlacementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.layerplacement')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('layer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='layers.layer', verbose_name='layer')),
                ('basis', models.CharField(choices=[('topic', 'Topic'), ('service', 'Service'), ('both', 'Topic and service')], default='topic', max_length=10, verbose_name='basis')),
                ('note_de', models.CharField(blank=True, help_text='One short sentence.', max_length=200, verbose_name='reason')),
                ('note_en', models.CharField(blank=True, help_text='One short sentence.', max_length=200, verbose_name='reason')),
                ('is_primary', models.BooleanField(default=False, verbose_name='main layer')),
            ],
            options={
                'verbose_name': 'placement on a layer',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_laye_pgh_cre_230d3c_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='097c19b0209337a20d330f9ed8f85f3210b1b305', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4a441', table='actors_layerplacementevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApplicationFocus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='foci', to='actors.actor', verbose_name='actor')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='foci', to='applications.applicationarea', verbose_name='application area')),
            ],
            options={
                'verbose_name': 'focus on an application area',
                'verbose_name_plural': 'foci on application areas',
                'ordering': ['area__position'],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('area'), models.F('actor'), name='focus_by_area'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('actor', 'area'), name='focus_once_an_area'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."area_id") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."area_id") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='6d65847790b9e7c43e693181c10f7e06b9e2792d', operation='UPDATE', pgid='pgtrigger_touch_updated_at_a93e8', table='actors_applicationfocus', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='001e6d44bbc2285b1b25bdedcc182d6f9878d510', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_9ad39', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='552acd36c95781e8ba1378b299b507fb98374d8d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_f1aed', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='98da598cb3d7266319199994cb04b2b2fe5b1824', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_on_insert_e8cbd', referencing='REFERENCING NEW TABLE AS changed ', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='0bb6324c768b5b8042669c8757cfee450a0d7692', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feed_search_on_update_50bd2', referencing='REFERENCING NEW TABLE AS changed ', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='616a94de1858e7a54e170e1cd80ba3fa38db54a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_feed_search_on_delete_74671', referencing='REFERENCING OLD TABLE AS changed ', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_applicationfocusevent" ("actor_id", "area_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (NEW."actor_id", NEW."area_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at"); RETURN NULL;', hash='de768ecd3e0db6235e0a52f7b8c71a194766a43d', operation='INSERT', pgid='pgtrigger_insert_insert_4af05', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id"))', func='INSERT INTO "actors_applicationfocusevent" ("actor_id", "area_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (NEW."actor_id", NEW."area_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at"); RETURN NULL;', hash='ff27352036f861074aea02f20e7e066ac5053982', operation='UPDATE', pgid='pgtrigger_update_update_2549e', table='actors_applicationfocus', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_applicationfocusevent" ("actor_id", "area_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."actor_id", OLD."area_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at"); RETURN NULL;', hash='6b26a1d6befbd5861b21953bb523455e7c8f244d', operation='DELETE', pgid='pgtrigger_delete_delete_28ab6', table='actors_applicationfocus', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApplicationFocusEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.applicationfocus')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.applicationarea', verbose_name='application area')),
            ],
            options={
                'verbose_name': 'focus on an application area',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_appl_pgh_cre_0c22f4_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='516f23b3649f3f540287a971d34ef23ed5ad55c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c5c16', table='actors_applicationfocusevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='actors.actor', verbose_name='actor')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='clusters.cluster', verbose_name='cluster')),
                ('kind', models.CharField(choices=[('member', 'Member'), ('partner', 'Partner'), ('management', 'Managing organisation')], default='member', max_length=12, verbose_name='kind')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('is_committed', models.BooleanField(default=False, help_text='By contract, fee or letter of intent, as cluster labels count it.', verbose_name='committed')),
                ('is_cleared', models.BooleanField(db_default=True, default=True, help_text='The cluster shows the actor on its own pages; its team decides.', verbose_name='cleared')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['cluster__position'],
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('actor', 'cluster', 'kind'), name='membership_once_a_kind'),
                    models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_began'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['member', 'partner', 'management'])), name='membership_kind_known'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."cluster_id", OLD."kind", OLD."since", OLD."until", OLD."is_committed", OLD."is_cleared") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."cluster_id", NEW."kind", NEW."since", NEW."until", NEW."is_committed", NEW."is_cleared") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='d082975ef5a65541014e1e41f83b0deebd9fe20f', operation='UPDATE', pgid='pgtrigger_touch_updated_at_928e3', table='actors_membership', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='f5d6542a3d189a9a6035d9f926cbcd48ca2fd9da', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_9c23e', table='actors_membership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(OLD.is_cleared OR NEW.is_cleared, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='db24e4bde57edcc0710ab68b4303b7b96bdcb194', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_576e2', table='actors_membership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_membershipevent" ("actor_id", "cluster_id", "created_at", "id", "is_cleared", "is_committed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "updated_at") VALUES (NEW."actor_id", NEW."cluster_id", NEW."created_at", NEW."id", NEW."is_cleared", NEW."is_committed", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."until", NEW."updated_at"); RETURN NULL;', hash='b2b4e20519dae104544d2b8ecfb95bd3e5b27bd6', operation='INSERT', pgid='pgtrigger_insert_insert_5b0a7', table='actors_membership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_cleared" IS DISTINCT FROM (NEW."is_cleared") OR OLD."is_committed" IS DISTINCT FROM (NEW."is_committed") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func='INSERT INTO "actors_membershipevent" ("actor_id", "cluster_id", "created_at", "id", "is_cleared", "is_committed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "updated_at") VALUES (NEW."actor_id", NEW."cluster_id", NEW."created_at", NEW."id", NEW."is_cleared", NEW."is_committed", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."until", NEW."updated_at"); RETURN NULL;', hash='92b4245af0939081ca3d2d8c1a9aa4dadfe3d149', operation='UPDATE', pgid='pgtrigger_update_update_2b798', table='actors_membership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_membershipevent" ("actor_id", "cluster_id", "created_at", "id", "is_cleared", "is_committed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "updated_at") VALUES (OLD."actor_id", OLD."cluster_id", OLD."created_at", OLD."id", OLD."is_cleared", OLD."is_committed", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."until", OLD."updated_at"); RETURN NULL;', hash='ddc2a7002f0b1c0032030c11464ef3d09a261314', operation='DELETE', pgid='pgtrigger_delete_delete_b2fd6', table='actors_membership', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.membership')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster', verbose_name='cluster')),
                ('kind', models.CharField(choices=[('member', 'Member'), ('partner', 'Partner'), ('management', 'Managing organisation')], default='member', max_length=12, verbose_name='kind')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('is_committed', models.BooleanField(default=False, help_text='By contract, fee or letter of intent, as cluster labels count it.', verbose_name='committed')),
                ('is_cleared', models.BooleanField(db_default=True, default=True, help_text='The cluster shows the actor on its own pages; its team decides.', verbose_name='cleared')),
            ],
            options={
                'verbose_name': 'membership',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_memb_pgh_cre_f93bfe_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='187f36a7001c7bc13620c0a3e467e71f47aa916f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0fc2', table='actors_membershipevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('slug', models.SlugField(max_length=120, primary_key=True, serialize=False, verbose_name='address')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='actors.actor', verbose_name='actor')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='77eaa9c497a8bed4f56e10fd71a9321595f92aa3', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_041a4', table='actors_formerslug', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_formerslugevent" ("actor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."actor_id", _pgh_attach_context(), NOW(), \'insert\', NEW."slug", NEW."slug"); RETURN NULL;', hash='87bf03e6cb21b5ae8b4bba74e6afb6662a6c4022', operation='INSERT', pgid='pgtrigger_insert_insert_488e4', table='actors_formerslug', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "actors_formerslugevent" ("actor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."actor_id", _pgh_attach_context(), NOW(), \'update\', NEW."slug", NEW."slug"); RETURN NULL;', hash='b761a46e208b4f3e43eab7f59f53435a4eb65433', operation='UPDATE', pgid='pgtrigger_update_update_29636', table='actors_formerslug', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_formerslugevent" ("actor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."actor_id", _pgh_attach_context(), NOW(), \'delete\', OLD."slug", OLD."slug"); RETURN NULL;', hash='e04b164d4f8ef12b702a4b3b11b8da702bd4e404', operation='DELETE', pgid='pgtrigger_delete_delete_05ef4', table='actors_formerslug', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerSlugEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.formerslug')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('slug', models.SlugField(db_index=False, max_length=120, serialize=False, verbose_name='address')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
            ],
            options={
                'verbose_name': 'former address',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_form_pgh_cre_d6105d_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='17c445a9bf4a9a340df7ad89e9f031933916c3e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_541c2', table='actors_formerslugevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerUid',
            fields=[
                ('uid', models.UUIDField(primary_key=True, serialize=False, verbose_name='permanent id')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_uids', to='actors.actor', verbose_name='actor')),
            ],
            options={
                'verbose_name': 'former permanent id',
                'verbose_name_plural': 'former permanent ids',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='ccf9b26845fd9aabf1fd516b20f5410c1b9d8e7e', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_e5140', table='actors_formeruid', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_formeruidevent" ("actor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uid") VALUES (NEW."actor_id", _pgh_attach_context(), NOW(), \'insert\', NEW."uid", NEW."uid"); RETURN NULL;', hash='bcf98154483677f3dc5978be43e36c07138318cd', operation='INSERT', pgid='pgtrigger_insert_insert_72f43', table='actors_formeruid', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "actors_formeruidevent" ("actor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uid") VALUES (NEW."actor_id", _pgh_attach_context(), NOW(), \'update\', NEW."uid", NEW."uid"); RETURN NULL;', hash='751be553384f6cc44bb3bbbc2d2ae8b048bdc21f', operation='UPDATE', pgid='pgtrigger_update_update_48891', table='actors_formeruid', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_formeruidevent" ("actor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uid") VALUES (OLD."actor_id", _pgh_attach_context(), NOW(), \'delete\', OLD."uid", OLD."uid"); RETURN NULL;', hash='74dfc53248828288909ad787665ba7f34111f8f9', operation='DELETE', pgid='pgtrigger_delete_delete_72778', table='actors_formeruid', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerUidEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.formeruid')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('uid', models.UUIDField(serialize=False, verbose_name='permanent id')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
            ],
            options={
                'verbose_name': 'former permanent id',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_form_pgh_cre_e4238b_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='589d9a7ccf44bb691ddd10a02a4c03a861fc1ecc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5ce0b', table='actors_formeruidevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='FrequentWord',
            fields=[
                ('query', models.TextField(db_collation='C', primary_key=True, serialize=False)),
                ('snapshot', models.TextField()),
                ('holders', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='actors.actor', verbose_name='actor')),
                ('scheme', models.CharField(choices=[('ror', 'ROR'), ('lei', 'LEI'), ('wikidata', 'Wikidata'), ('vat', 'VAT number'), ('register', 'Commercial register')], max_length=10, verbose_name='scheme')),
                ('value', models.CharField(max_length=120, verbose_name='value')),
            ],
            options={
                'verbose_name': 'identifier',
                'verbose_name_plural': 'identifiers',
                'ordering': ['scheme', 'value'],
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('scheme', 'value'), name='identifier_belongs_to_one_actor', violation_error_message='Another actor already has this identifier.'),
                    models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='identifier_has_a_value'),
                    models.CheckConstraint(condition=models.Q(('scheme__in', ['ror', 'lei', 'wikidata', 'vat', 'register'])), name='identifier_scheme_known'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."scheme", OLD."value") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."scheme", NEW."value") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='f5d76513c1fbda00d1a89faf7abe4b8408bb5973', operation='UPDATE', pgid='pgtrigger_touch_updated_at_2774e', table='actors_identifier', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='fda3bff850baa4bf6b1d2538e39302e73ed746b7', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_b7fb2', table='actors_identifier', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='62630f1add4abeadd489f1e5a2c427a744ab0bef', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_0d956', table='actors_identifier', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_identifierevent" ("actor_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "updated_at", "value") VALUES (NEW."actor_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme", NEW."updated_at", NEW."value"); RETURN NULL;', hash='436d4ce22e83fac3439e829dadba72351e1d32b2', operation='INSERT', pgid='pgtrigger_insert_insert_805e0', table='actors_identifier', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."scheme" IS DISTINCT FROM (NEW."scheme") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func='INSERT INTO "actors_identifierevent" ("actor_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "updated_at", "value") VALUES (NEW."actor_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme", NEW."updated_at", NEW."value"); RETURN NULL;', hash='7ee04f3da7c3e16707e5e8fbad559194461f159f', operation='UPDATE', pgid='pgtrigger_update_update_d297e', table='actors_identifier', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_identifierevent" ("actor_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "updated_at", "value") VALUES (OLD."actor_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme", OLD."updated_at", OLD."value"); RETURN NULL;', hash='ba4742c6e9e7ec1fc667f482ca34026e8e58e254', operation='DELETE', pgid='pgtrigger_delete_delete_0cc71', table='actors_identifier', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='IdentifierEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.identifier')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('scheme', models.CharField(choices=[('ror', 'ROR'), ('lei', 'LEI'), ('wikidata', 'Wikidata'), ('vat', 'VAT number'), ('register', 'Commercial register')], max_length=10, verbose_name='scheme')),
                ('value', models.CharField(max_length=120, verbose_name='value')),
            ],
            options={
                'verbose_name': 'identifier',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_iden_pgh_cre_7285fd_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='69b1568c222aa46c4c5d83c81b6d7be64bb2f2da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe376', table='actors_identifierevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='actors.actor', verbose_name='actor')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('kind', models.CharField(choices=[('translated', 'Translated name'), ('former', 'Former name'), ('colloquial', 'Colloquial name'), ('acronym', 'Acronym')], default='translated', max_length=12, verbose_name='kind')),
                ('language', models.CharField(blank=True, help_text='de, en, or empty.', max_length=10, verbose_name='language')),
                ('key', models.GeneratedField(db_persist=True, expression=clusterportal.core.functions.Fold(models.F('name')), output_field=models.TextField(db_collation='C'))),
            ],
            options={
                'verbose_name': 'alias',
                'verbose_name_plural': 'aliases',
                'ordering': ['key', 'pk'],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('key'), name='alias_by_key'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('actor', 'name'), name='alias_once_an_actor'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['translated', 'former', 'colloquial', 'acronym'])), name='alias_kind_known'),
                    models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), name='alias_printable'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."name", OLD."kind", OLD."language") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."name", NEW."kind", NEW."language") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='ac37f268cefb1c8e57065df392a9d7b938df8441', operation='UPDATE', pgid='pgtrigger_touch_updated_at_88d93', table='actors_actoralias', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='5fea0a025c9bb4c4c8825df5b018a5f1c58a9e0f', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_dc1b9', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='5fbd489d68abbddc1a19afc9b97c367818c6096a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_31baf', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='c7b8681420cafc78284f7dc7f16be71ab519a873', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_on_insert_4b297', referencing='REFERENCING NEW TABLE AS changed ', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='77f4fda691ff156706801db53a546fade95debf5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feed_search_on_update_3ce7c', referencing='REFERENCING NEW TABLE AS changed ', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='53b3f1b0a147ad0569dd2b28e06aeb239b31934b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_feed_search_on_delete_4ccce', referencing='REFERENCING OLD TABLE AS changed ', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actoraliasevent" ("actor_id", "created_at", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (NEW."actor_id", NEW."created_at", NEW."id", NEW."kind", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."updated_at"); RETURN NULL;', hash='d1fd8bf0d0872ce91a32454d3af5df56be97ae62', operation='INSERT', pgid='pgtrigger_insert_insert_f7e7c', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func='INSERT INTO "actors_actoraliasevent" ("actor_id", "created_at", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (NEW."actor_id", NEW."created_at", NEW."id", NEW."kind", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."updated_at"); RETURN NULL;', hash='2c998c8944d359fe2e95370f310bc4542a421460', operation='UPDATE', pgid='pgtrigger_update_update_92313', table='actors_actoralias', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actoraliasevent" ("actor_id", "created_at", "id", "kind", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") VALUES (OLD."actor_id", OLD."created_at", OLD."id", OLD."kind", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at"); RETURN NULL;', hash='845e200bcf82ad5a7ebbbdfdc7a0632f41d2eae7', operation='DELETE', pgid='pgtrigger_delete_delete_9f9e9', table='actors_actoralias', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorAliasEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.actoralias')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('kind', models.CharField(choices=[('translated', 'Translated name'), ('former', 'Former name'), ('colloquial', 'Colloquial name'), ('acronym', 'Acronym')], default='translated', max_length=12, verbose_name='kind')),
                ('language', models.CharField(blank=True, help_text='de, en, or empty.', max_length=10, verbose_name='language')),
            ],
            options={
                'verbose_name': 'alias',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_acto_pgh_cre_0d4806_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e8ab9164c8f30323f51b850e6c23a5f602ffed2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5bb79', table='actors_actoraliasevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ContactPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='actors.actor', verbose_name='actor')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('role_de', models.CharField(blank=True, max_length=160, verbose_name='role')),
                ('role_en', models.CharField(blank=True, max_length=160, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clusterportal.core.telephone.clean_phone], verbose_name='phone')),
                ('consent_on', models.DateField(blank=True, help_text='The day on which the person agreed to be published. Without it nobody outside sees the person.', null=True, verbose_name='consent given on')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'contact person',
                'verbose_name_plural': 'contact persons',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('role_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('role_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('phone__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('email__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True)), name='contact_printable'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."name", OLD."role_de", OLD."role_en", OLD."email", OLD."phone", OLD."consent_on", OLD."position") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."name", NEW."role_de", NEW."role_en", NEW."email", NEW."phone", NEW."consent_on", NEW."position") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='861e8b2639307bdf84c65ab336e779d6526a28b3', operation='UPDATE', pgid='pgtrigger_touch_updated_at_a4cee', table='actors_contactperson', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='d60641159c65191e2dbed201a4b7a095e4db1356', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_22269', table='actors_contactperson', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(OLD.consent_on IS NOT NULL OR NEW.consent_on IS NOT NULL, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='efbedf862ae03c0f31c9f1a3795403c7fa1c65ca', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_d38bb', table='actors_contactperson', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_contactpersonevent" ("actor_id", "consent_on", "created_at", "email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "role_de", "role_en", "updated_at") VALUES (NEW."actor_id", NEW."consent_on", NEW."created_at", NEW."email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."position", NEW."role_de", NEW."role_en", NEW."updated_at"); RETURN NULL;', hash='b76ef524bb16687025070e256b1e362d73374d92', operation='INSERT', pgid='pgtrigger_insert_insert_47c85', table='actors_contactperson', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."consent_on" IS DISTINCT FROM (NEW."consent_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."role_de" IS DISTINCT FROM (NEW."role_de") OR OLD."role_en" IS DISTINCT FROM (NEW."role_en"))', func='INSERT INTO "actors_contactpersonevent" ("actor_id", "consent_on", "created_at", "email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "role_de", "role_en", "updated_at") VALUES (NEW."actor_id", NEW."consent_on", NEW."created_at", NEW."email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."position", NEW."role_de", NEW."role_en", NEW."updated_at"); RETURN NULL;', hash='8f2ccd07abd6c2536ef7dba1cc79481a91bc3a33', operation='UPDATE', pgid='pgtrigger_update_update_9a285', table='actors_contactperson', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_contactpersonevent" ("actor_id", "consent_on", "created_at", "email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "role_de", "role_en", "updated_at") VALUES (OLD."actor_id", OLD."consent_on", OLD."created_at", OLD."email", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."position", OLD."role_de", OLD."role_en", OLD."updated_at"); RETURN NULL;', hash='144d030558ddf6d72f992e4c7531b70f3afb871c', operation='DELETE', pgid='pgtrigger_delete_delete_490e6', table='actors_contactperson', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ContactPersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.contactperson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('role_de', models.CharField(blank=True, max_length=160, verbose_name='role')),
                ('role_en', models.CharField(blank=True, max_length=160, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clusterportal.core.telephone.clean_phone], verbose_name='phone')),
                ('consent_on', models.DateField(blank=True, help_text='The day on which the person agreed to be published. Without it nobody outside sees the person.', null=True, verbose_name='consent given on')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'contact person',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_cont_pgh_cre_32e860_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='46e5116c0554f99e1c2f3614d15f3837dfa0979a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fd0dd', table='actors_contactpersonevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                ('name_de', models.CharField(max_length=160, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('key', models.TextField(db_collation='C', default='', editable=False)),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['key', 'pk'],
                'abstract': False,
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('key', 'gin_trgm_ops'), name='topic_trigrams'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."slug", OLD."name_de", OLD."name_en", OLD."key") IS DISTINCT FROM ROW(NEW."id", NEW."slug", NEW."name_de", NEW."name_en", NEW."key") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='6056182161200d74d0177806773b5087a4e4b4f2', operation='UPDATE', pgid='pgtrigger_touch_updated_at_b2a6b', table='actors_topic', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='beb80904bcb98511512a7096dfeee1e50d06b83c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_0179e', table='actors_topic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='tell_of_all', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='IF true THEN PERFORM registry_mark_public(true); END IF; RETURN NULL;', hash='cff6dd1eb6bca6cdd36fe417cc32a149ab05e28c', operation='UPDATE OF "slug", "name_de", "name_en"', pgid='pgtrigger_tell_of_all_c1196', table='actors_topic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='gather_key', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.key = registry_fold(concat_ws(' ', NEW.name_de, NEW.name_en)); RETURN NEW;", hash='dba5c07bbd8f49e7b9bc6b1fd485e2310b1e9dba', operation='INSERT OR UPDATE', pgid='pgtrigger_gather_key_de77e', table='actors_topic', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_rename', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en"))', func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM actors_actortopic WHERE topic_id = NEW.id) fed; RETURN NULL;', hash='a6de58d2e6cfc0d84e9f650d929507c2016b05a5', operation='UPDATE OF "name_de", "name_en"', pgid='pgtrigger_feed_search_on_rename_a7539', table='actors_topic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_topicevent" ("created_at", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at") VALUES (NEW."created_at", NEW."id", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='d0d6288f263dc90cf8a90f72e08f1aa53aa564c8', operation='INSERT', pgid='pgtrigger_insert_insert_9a124', table='actors_topic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='INSERT INTO "actors_topicevent" ("created_at", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at") VALUES (NEW."created_at", NEW."id", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."updated_at"); RETURN NULL;', hash='ac855836d1f3d3ed6430561cd28ef264f73a98a0', operation='UPDATE', pgid='pgtrigger_update_update_d28cc', table='actors_topic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_topicevent" ("created_at", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at") VALUES (OLD."created_at", OLD."id", OLD."name_de", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."updated_at"); RETURN NULL;', hash='bd4777c1fae01399f1c8f39068fa22cf8e284e7f', operation='DELETE', pgid='pgtrigger_delete_delete_ed239', table='actors_topic', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='TopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.topic')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('slug', models.SlugField(db_index=False, max_length=120, verbose_name='address')),
                ('name_de', models.CharField(max_length=160, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name')),
            ],
            options={
                'verbose_name': 'topic',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_topi_pgh_cre_9caed4_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8e51b286ff93ee4344103ecfe5c71476acacbc71', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9e7e', table='actors_topicevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actor_topics', to='actors.actor', verbose_name='actor')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actor_topics', to='actors.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'topic of an actor',
                'verbose_name_plural': 'topics of actors',
                'ordering': ['topic__key'],
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('actor', 'topic'), name='topic_once_an_actor'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."topic_id") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."topic_id") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='5c169db35c7ff6283ffe55e7081b20c7edce3cde', operation='UPDATE', pgid='pgtrigger_touch_updated_at_93305', table='actors_actortopic', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='bae9dd87a0a74046f368507915f6ab4596b06eeb', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_7e1ee', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='5fac88dbecfa023951116bf6d96153dfa9966822', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_26017', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='6424c1ff8cafb4ce5c09f2ac293679f5e6e82b4a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_on_insert_8e595', referencing='REFERENCING NEW TABLE AS changed ', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='e7fd0d6b533430c2f131dfcc0b449c96e2529bf9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feed_search_on_update_f19c9', referencing='REFERENCING NEW TABLE AS changed ', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='1d061f3c125caa5de315c270c483560803f7b41b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_feed_search_on_delete_34ae4', referencing='REFERENCING OLD TABLE AS changed ', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actortopicevent" ("actor_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id", "updated_at") VALUES (NEW."actor_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."topic_id", NEW."updated_at"); RETURN NULL;', hash='08188a261e7a40b64b320d27c19bf40a7ce9e805', operation='INSERT', pgid='pgtrigger_insert_insert_6dcbc', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."topic_id" IS DISTINCT FROM (NEW."topic_id"))', func='INSERT INTO "actors_actortopicevent" ("actor_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id", "updated_at") VALUES (NEW."actor_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."topic_id", NEW."updated_at"); RETURN NULL;', hash='3331e2c73ccbb91c85d638ec5de472029b7eda11', operation='UPDATE', pgid='pgtrigger_update_update_39593', table='actors_actortopic', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actortopicevent" ("actor_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id", "updated_at") VALUES (OLD."actor_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."topic_id", OLD."updated_at"); RETURN NULL;', hash='62bb097ee10def09eb7bc467820a3db3271f784f', operation='DELETE', pgid='pgtrigger_delete_delete_d9041', table='actors_actortopic', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorTopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.actortopic')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'topic of an actor',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_acto_pgh_cre_002851_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4523305a8a72b592b7732b16abd918cb2a6dea65', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c71e', table='actors_actortopicevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='actors.actor', verbose_name='actor')),
                ('title_de', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('description_de', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description')),
                ('layer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='layers.layer', verbose_name='layer')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('areas', models.ManyToManyField(blank=True, related_name='+', to='applications.applicationarea', verbose_name='application areas')),
            ],
            options={
                'verbose_name': 'service',
                'verbose_name_plural': 'services',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('title_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('title_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_de__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True), models.Q(('description_en__regex', '[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]'), _negated=True)), name='service_printable'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."actor_id", OLD."title_de", OLD."title_en", OLD."description_de", OLD."description_en", OLD."layer_id", OLD."position") IS DISTINCT FROM ROW(NEW."id", NEW."actor_id", NEW."title_de", NEW."title_en", NEW."description_de", NEW."description_en", NEW."layer_id", NEW."position") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='78ec5fa8ff780620917435026c636783b4b5c566', operation='UPDATE', pgid='pgtrigger_touch_updated_at_53274', table='actors_service', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='74023c35a7983cab70f74304ec34c52c6b4df93c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_0c160', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.actor_id, NEW.actor_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='a36dec58d8eda17499529157984b9ba02222a776', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_2ec51', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='d37d7b086ae06096fe03cc145b3b4bf8fbe96474', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_on_insert_9ab14', referencing='REFERENCING NEW TABLE AS changed ', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='22eeb21270ca13665e0f85f490231bc928549c15', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feed_search_on_update_fe634', referencing='REFERENCING NEW TABLE AS changed ', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='feed_search_on_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM changed) fed; RETURN NULL;', hash='dac172aa9868ddb898a2b6ef09b9ccc5e4d1b9f2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_feed_search_on_delete_b5d96', referencing='REFERENCING OLD TABLE AS changed ', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_serviceevent" ("actor_id", "created_at", "description_de", "description_en", "id", "layer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title_de", "title_en", "updated_at") VALUES (NEW."actor_id", NEW."created_at", NEW."description_de", NEW."description_en", NEW."id", NEW."layer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."title_de", NEW."title_en", NEW."updated_at"); RETURN NULL;', hash='63e04489121f965b087409fb884dd9b7017aa7bc', operation='INSERT', pgid='pgtrigger_insert_insert_8a572', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description_de" IS DISTINCT FROM (NEW."description_de") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."layer_id" IS DISTINCT FROM (NEW."layer_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."title_de" IS DISTINCT FROM (NEW."title_de") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en"))', func='INSERT INTO "actors_serviceevent" ("actor_id", "created_at", "description_de", "description_en", "id", "layer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title_de", "title_en", "updated_at") VALUES (NEW."actor_id", NEW."created_at", NEW."description_de", NEW."description_en", NEW."id", NEW."layer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."title_de", NEW."title_en", NEW."updated_at"); RETURN NULL;', hash='4152ffb8f35d672540d38a41983af50c3ffd89a6', operation='UPDATE', pgid='pgtrigger_update_update_15aa3', table='actors_service', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_serviceevent" ("actor_id", "created_at", "description_de", "description_en", "id", "layer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title_de", "title_en", "updated_at") VALUES (OLD."actor_id", OLD."created_at", OLD."description_de", OLD."description_en", OLD."id", OLD."layer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."title_de", OLD."title_en", OLD."updated_at"); RETURN NULL;', hash='ac9e8aa943bf546a1aec11aa7968ead0a4086ba4', operation='DELETE', pgid='pgtrigger_delete_delete_309fb', table='actors_service', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ServiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.service')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('title_de', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('description_de', models.TextField(blank=True, verbose_name='description')),
                ('description_en', models.TextField(blank=True, verbose_name='description')),
                ('layer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='layers.layer', verbose_name='layer')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'service',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_serv_pgh_cre_54cfb6_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='69726c81a59c27518b50d184126c741b17c61b66', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1176', table='actors_serviceevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
            ],
            options={
                'verbose_name': 'application area of a service',
                'verbose_name_plural': 'application areas of services',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('actors.service_areas',),
        ),
        migrations.CreateModel(
            name='ServiceAreaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.servicearea')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('service', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.service')),
                ('applicationarea', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.applicationarea')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f179acfcb37ab61749abad73ef2fa0665214252', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_38168', table='actors_serviceareaevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_out', to='actors.actor', verbose_name='from')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_in', to='actors.actor', verbose_name='to')),
                ('kind', models.CharField(choices=[('competition', 'Competition'), ('cooperation', 'Cooperation'), ('supply', 'Supply'), ('research', 'Research cooperation'), ('spin_off', 'Spin-off'), ('parent', 'Parent body')], max_length=12, verbose_name='kind')),
                ('since', models.PositiveSmallIntegerField(blank=True, help_text='Year.', null=True, validators=[clusterportal.core.constraints.check_year], verbose_name='since')),
                ('note_de', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('note_en', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('evidence', models.URLField(blank=True, help_text='Where this is published.', max_length=500, verbose_name='evidence')),
            ],
            options={
                'verbose_name': 'relation',
                'verbose_name_plural': 'relations',
                'ordering': ['source__sort_key', 'kind', 'target__sort_key'],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('target'), models.F('kind'), name='relation_by_target'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='relation_not_to_itself', violation_error_message='An actor has no relation to itself.'),
                    models.UniqueConstraint(fields=('source', 'target', 'kind'), name='relation_once_a_kind'),
                    models.UniqueConstraint(django.db.models.functions.comparison.Least('source', 'target'), django.db.models.functions.comparison.Greatest('source', 'target'), models.F('kind'), condition=models.Q(('kind__in', ['competition', 'cooperation', 'parent', 'research', 'spin_off'])), name='relation_once_a_pair', violation_error_message='This relation is already recorded, seen from the other side.'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['competition', 'cooperation', 'supply', 'research', 'spin_off', 'parent'])), name='relation_kind_known'),
                    models.CheckConstraint(condition=models.Q(('since__isnull', True), ('since__range', (900, 2100)), _connector='OR'), name='relation_since_plausible'),
                    models.CheckConstraint(condition=models.Q(('evidence', ''), ('evidence__iregex', '^(https?|ftps?)://'), _connector='OR'), name='relation_evidence_on_the_web', violation_error_message='A web address begins with http:// or https://.'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."source_id", OLD."target_id", OLD."kind", OLD."since", OLD."note_de", OLD."note_en", OLD."evidence") IS DISTINCT FROM ROW(NEW."id", NEW."source_id", NEW."target_id", NEW."kind", NEW."since", NEW."note_de", NEW."note_en", NEW."evidence") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='7424a7f1ec0868634dd9dc83ed04f762fdd97eb1', operation='UPDATE', pgid='pgtrigger_touch_updated_at_c6ff6', table='actors_actorrelation', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='4da48a888bb5df4533ca34f4c01a7e2f7a4caede', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_dd02f', table='actors_actorrelation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE((2 = (SELECT count(*) FROM actors_actor WHERE id IN (OLD.source_id, OLD.target_id) AND state = 'published')) OR (2 = (SELECT count(*) FROM actors_actor WHERE id IN (NEW.source_id, NEW.target_id) AND state = 'published')), false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT unnest(ARRAY[OLD.source_id, NEW.source_id, OLD.target_id, NEW.target_id])) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='23a1f98281e8c25099526fd1fd3ff23ca4de3e52', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_touch_actor_34cff', table='actors_actorrelation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actorrelationevent" ("created_at", "evidence", "id", "kind", "note_de", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "updated_at") VALUES (NEW."created_at", NEW."evidence", NEW."id", NEW."kind", NEW."note_de", NEW."note_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."source_id", NEW."target_id", NEW."updated_at"); RETURN NULL;', hash='67dbab9e1af3819a4fe197e20e416fd8600b16a9', operation='INSERT', pgid='pgtrigger_insert_insert_e907a', table='actors_actorrelation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note_de" IS DISTINCT FROM (NEW."note_de") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."target_id" IS DISTINCT FROM (NEW."target_id"))', func='INSERT INTO "actors_actorrelationevent" ("created_at", "evidence", "id", "kind", "note_de", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "updated_at") VALUES (NEW."created_at", NEW."evidence", NEW."id", NEW."kind", NEW."note_de", NEW."note_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."source_id", NEW."target_id", NEW."updated_at"); RETURN NULL;', hash='05cbc873731c68de15f63cf7579480cb6f25763b', operation='UPDATE', pgid='pgtrigger_update_update_988c5', table='actors_actorrelation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_actorrelationevent" ("created_at", "evidence", "id", "kind", "note_de", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source_id", "target_id", "updated_at") VALUES (OLD."created_at", OLD."evidence", OLD."id", OLD."kind", OLD."note_de", OLD."note_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."source_id", OLD."target_id", OLD."updated_at"); RETURN NULL;', hash='f46af8031b7d867405cc73a3c15b2085fa4176e5', operation='DELETE', pgid='pgtrigger_delete_delete_55232', table='actors_actorrelation', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorRelationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='actors.actorrelation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='from')),
                ('target', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='to')),
                ('kind', models.CharField(choices=[('competition', 'Competition'), ('cooperation', 'Cooperation'), ('supply', 'Supply'), ('research', 'Research cooperation'), ('spin_off', 'Spin-off'), ('parent', 'Parent body')], max_length=12, verbose_name='kind')),
                ('since', models.PositiveSmallIntegerField(blank=True, help_text='Year.', null=True, validators=[clusterportal.core.constraints.check_year], verbose_name='since')),
                ('note_de', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('note_en', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('evidence', models.URLField(blank=True, help_text='Where this is published.', max_length=500, verbose_name='evidence')),
            ],
            options={
                'verbose_name': 'relation',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='actors_acto_pgh_cre_59982b_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4f8c61a34560953436ce4da2aa356b7acd27f07', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11813', table='actors_actorrelationevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('actor', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='document', serialize=False, to='actors.actor')),
                ('is_public', models.BooleanField(default=False)),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
                ('padding', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Repeat(models.Value(' '), 2048), output_field=models.TextField())),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(models.F('vector'), gin_pending_list_limit=256, name='document_words'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SearchNames',
            fields=[
                ('actor', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='called', serialize=False, to='actors.actor')),
                ('names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.TextField(db_collation='C', db_index=True)),
                ('deletions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(models.F('deletions'), gin_pending_list_limit=256, name='word_deletions'),
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', 'gin_trgm_ops'), gin_pending_list_limit=256, name='word_trigrams'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StaleDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_id', models.BigIntegerField()),
            ],
            options={
                'triggers': [
                    pgtrigger.compiler.Trigger(name='write_documents', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE actors BIGINT[];', func='-- Writes the search documents of the actors in `stale` anew: the body of a trigger of `StaleDocument`, which fills in the\n-- columns of all languages. Who writes much at once keeps the actors until the end (`documents_at_the_end`). The actors\'\n-- rows are locked first: two who write parts of one actor at once must not overwrite each other\'s words.\nIF current_setting(\'registry.documents\', true) = \'later\' THEN\n    RETURN NULL;\nEND IF;\nactors := ARRAY(SELECT DISTINCT actor_id FROM stale);\nPERFORM 1 FROM actors_actor WHERE id = ANY(actors) ORDER BY id FOR NO KEY UPDATE;\nWITH texts AS MATERIALIZED (\n    SELECT actor.id, actor.state = \'published\' AS is_public,\n        ARRAY(\n            SELECT DISTINCT registry_spelling(name) COLLATE "C" FROM (\n                SELECT actor.name UNION ALL SELECT actor.short_name WHERE actor.short_name <> \'\'\n                UNION ALL SELECT name FROM actors_actoralias part WHERE part.actor_id = actor.id\n            ) called ORDER BY 1\n        ) AS names, registry_spelling(actor.name) AS usual,\n        registry_spelling(concat_ws(\' \', (SELECT string_agg(concat_ws(\' \', topic.name_de, topic.name_en), \' \' ORDER BY part.id) FROM actors_actortopic part JOIN actors_topic topic ON topic.id = topic_id WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', part.title_de, part.title_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', area.name_de, area.name_en), \' \' ORDER BY part.id) FROM actors_applicationfocus part JOIN applications_applicationarea area ON area.id = area_id AND is_active WHERE part.actor_id = actor.id), (SELECT string_agg(concat_ws(\' \', layer.name_de, layer.name_en), \' \' ORDER BY part.id) FROM actors_layerplacement part JOIN layers_layer layer ON layer.id = layer_id WHERE part.actor_id = actor.id))) AS work,\n        registry_spelling(concat_ws(\' \', actor.city, actor.postcode, actor.state_name)) AS place,\n        registry_spelling(concat_ws(\' \', actor.summary_de, actor.summary_en)) AS summary,\n        registry_spelling(left(concat_ws(\' \', actor.description_de, actor.description_en,\n            (SELECT string_agg(concat_ws(\' \', part.description_de, part.description_en), \' \' ORDER BY part.id) FROM actors_service part WHERE part.actor_id = actor.id)), 20000)) AS description\n    FROM actors_actor actor WHERE actor.id = ANY(actors)\n), vectors AS MATERIALIZED (\n    SELECT id, is_public, registry_vector(array_to_string(names, \' \'), \'A\') || registry_vector(work, \'B\')\n        || registry_vector(place, \'C\') || registry_vector(summary, \'C\') || registry_vector(description, \'D\') AS vector,\n        tsvector_to_array(to_tsvector(\n            \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place, summary, description)\n        )) AS words\n    FROM texts\n), written AS (\n    INSERT INTO actors_searchdocument AS document (actor_id, is_public, vector)\n    SELECT id, is_public, vector || registry_endings(words) FROM vectors\n    ON CONFLICT (actor_id) DO UPDATE SET is_public = EXCLUDED.is_public, vector = EXCLUDED.vector\n    WHERE (document.is_public, document.vector) IS DISTINCT FROM (EXCLUDED.is_public, EXCLUDED.vector)\n), called AS (\n    INSERT INTO actors_searchnames AS known (actor_id, names)\n    SELECT id, usual || array_remove(names, usual) FROM texts\n    ON CONFLICT (actor_id) DO UPDATE SET names = EXCLUDED.names WHERE known.names <> EXCLUDED.names\n)\nINSERT INTO actors_searchword (word, deletions)\nSELECT word, registry_deletions(word) FROM (\n    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(\n        \'simple\', concat_ws(\' \', array_to_string(names, \' \'), work, place)\n    ))) FROM texts\n) used (word)\nWHERE length(word) <= 60 AND NOT EXISTS (SELECT FROM actors_searchword known WHERE known.word = used.word);\nDELETE FROM actors_staledocument;\nPERFORM registry_note_actors(actors);\nRETURN NULL;\n', hash='20003224a68dfc0ccfb64d05eb742f3f74baefe8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_write_documents_b0acd', referencing='REFERENCING NEW TABLE AS stale ', table='actors_staledocument', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActorTouch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.BigIntegerField(db_index=True)),
                ('actors', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='SearchedLayer',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('layers.layer',),
        ),
        migrations.CreateModel(
            name='SearchedArea',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('applications.applicationarea',),
        ),
        migrations.AddField(
            model_name='actor',
            name='topics',
            field=models.ManyToManyField(related_name='actors', through='actors.ActorTopic', to='actors.topic'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicearea',
            trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_revision(); RETURN NULL;', hash='54acf0efe4e27fbb2795159cf358d0e89fb08e7f', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_0ff7f', table='actors_service_areas', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicearea',
            trigger=pgtrigger.compiler.Trigger(name='touch_actor', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_public boolean;', func="IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN\n  RETURN NULL;\nEND IF;\nis_public := COALESCE(true, false);\nUPDATE actors_actor\n  SET updated_at = now(), public_updated_at = CASE WHEN is_public THEN now() ELSE public_updated_at END\n  WHERE id IN (SELECT actor_id FROM actors_service WHERE id IN (OLD.service_id, NEW.service_id)) AND (updated_at < now() OR is_public AND public_updated_at < now());\nRETURN NULL;", hash='0fbc6b654f4aff0eeb01f9e7563b0c5ab9fc3463', operation='INSERT OR DELETE', pgid='pgtrigger_touch_actor_36c60', table='actors_service_areas', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicearea',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_serviceareaevent" ("applicationarea_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") VALUES (NEW."applicationarea_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."service_id"); RETURN NULL;', hash='fa8644caf6472b9971cce01551203a265a4273d9', operation='INSERT', pgid='pgtrigger_insert_insert_e59e8', table='actors_service_areas', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicearea',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "actors_serviceareaevent" ("applicationarea_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") VALUES (OLD."applicationarea_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."service_id"); RETURN NULL;', hash='832684632d8eb96b1b2e2ef004d16d2d697bb0c9', operation='DELETE', pgid='pgtrigger_delete_delete_bf645', table='actors_service_areas', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchedlayer',
            trigger=pgtrigger.compiler.Trigger(name='feed_search_on_rename', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en"))', func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM actors_layerplacement WHERE layer_id = NEW.id) fed; RETURN NULL;', hash='a66ad6f4ac8005ad3fc1c87ff3df6369cb8a255d', operation='UPDATE OF "name_de", "name_en"', pgid='pgtrigger_feed_search_on_rename_b3df2', table='layers_layer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='searchedarea',
            trigger=pgtrigger.compiler.Trigger(name='feed_search_on_rename', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name_de" IS DISTINCT FROM (NEW."name_de") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en"))', func='INSERT INTO actors_staledocument (actor_id) SELECT DISTINCT actor_id FROM (SELECT actor_id FROM actors_applicationfocus WHERE area_id = NEW.id) fed; RETURN NULL;', hash='aad3f04b072e612a912e08cd0c381125a4017d4f', operation='UPDATE OF "name_de", "name_en", "is_active"', pgid='pgtrigger_feed_search_on_rename_a1012', table='applications_applicationarea', when='AFTER')),
        ),
        clusterportal.core.migrating.InstallSQL(
            name='documents',
            sql=(
                '-- What the search document of an actor is made of (`triggers/write_documents.sql`).\n'
                '\n'
                '-- The words of a text in one spelling, as they stand and as stems of both languages.\n'
                'CREATE OR REPLACE FUNCTION registry_vector(spelling text, weight "char") RETURNS tsvector\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                'SELECT setweight(\n'
                "    to_tsvector('simple', spelling) || to_tsvector('german', spelling) || to_tsvector('english', spelling), weight\n"
                ')\n'
                '$$;\n'
                '\n'
                '-- German puts words together: "Medizintechnikhersteller" is found by each of its ends ("~technikhersteller"),\n'
                '-- for a question for "technik" asks for ends that begin so.\n'
                'CREATE OR REPLACE FUNCTION registry_endings(words text[]) RETURNS tsvector\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                'SELECT array_to_tsvector(ARRAY(\n'
                "    SELECT DISTINCT '~' || substr(word, start)\n"
                '    FROM unnest(words) word, generate_series(4, length(word) - 4) start\n'
                '    WHERE length(word) BETWEEN 9 AND 60\n'
                '))\n'
                '$$;\n'
                '\n'
                '-- Vectors leave their rows as they are, so that whom a word finds is read from short rows.\n'
                'ALTER TABLE actors_searchdocument SET (toast_tuple_target = 128);\n'
                'ALTER TABLE actors_searchdocument ALTER vector SET STORAGE EXTERNAL;\n'
            ),
        ),
        clusterportal.core.migrating.InstallSQL(
            name='holders',
            sql=(
                '-- The public actors that answer a question. Reading every document is the worst plan, which the planner cannot know: it\n'
                '-- counts rows and not what it takes to compare each vector.\n'
                '\n'
                '-- `most` of them, or all.\n'
                'CREATE OR REPLACE FUNCTION registry_holders(question tsquery, most bigint DEFAULT NULL) RETURNS SETOF bigint\n'
                'LANGUAGE sql STABLE ROWS 200 SET enable_seqscan = off AS $$\n'
                'SELECT actor_id FROM actors_searchdocument WHERE vector @@ question AND is_public LIMIT most\n'
                '$$;\n'
                '\n'
                '-- All of them as one value of eight bytes each: handing over rows takes half as long again.\n'
                'CREATE OR REPLACE FUNCTION registry_holders_keys(question tsquery) RETURNS bytea\n'
                'LANGUAGE sql STABLE SET enable_seqscan = off AS $$\n'
                "SELECT string_agg(int8send(actor_id), ''::bytea) FROM actors_searchdocument WHERE vector @@ question AND is_public\n"
                '$$;\n'
                '\n'
                '-- The same of some actors.\n'
                'CREATE OR REPLACE FUNCTION registry_holders_keys(question tsquery, among bigint[]) RETURNS bytea\n'
                'LANGUAGE sql STABLE SET enable_seqscan = off AS $$\n'
                "SELECT string_agg(int8send(actor_id), ''::bytea) FROM actors_searchdocument\n"
                'WHERE actor_id = ANY(among) AND vector @@ question AND is_public\n'
                '$$;\n'
                '\n'
                '-- The holders of each word of a question where all of its words are frequent ones, and who has to be looked up anew:\n'
                '-- that takes 10 microseconds each, for 1,000 as long as reading the holders of a word that 20,000 hold.\n'
                'CREATE OR REPLACE FUNCTION registry_frequent(words text, OUT holders bytea[], OUT changed bigint[])\n'
                'LANGUAGE plpgsql STABLE AS $$\n'
                'DECLARE\n'
                '    wanted text[] := ARRAY(SELECT DISTINCT registry_word_query(word, is_last)::text FROM registry_asked(words));\n'
                '    seen pg_snapshot;\n'
                '    is_lost boolean;\n'
                'BEGIN\n'
                '    SELECT array_agg(known.holders), min(snapshot)::pg_snapshot INTO holders, seen\n'
                '        FROM actors_frequentword known WHERE query = ANY(wanted);\n'
                '    IF cardinality(holders) = cardinality(wanted) THEN\n'
                '        SELECT * INTO changed, is_lost FROM registry_news(seen);\n'
                '        IF NOT is_lost AND cardinality(changed) <= 1000 THEN\n'
                '            RETURN;\n'
                '        END IF;\n'
                '    END IF;\n'
                '    holders := NULL;\n'
                '    changed := NULL;\n'
                'END $$;\n'
            ),
        ),
        clusterportal.core.migrating.InstallSQL(
            name='near_words',
            sql=(
                '-- Words spelt nearly so, for questions with typing errors.\n'
                '\n'
                '-- A word with each of its letters left out. Two words that are one letter apart share one of these: a letter dropped,\n'
                '-- added, replaced, or two swapped.\n'
                'CREATE OR REPLACE FUNCTION registry_deletions(word text) RETURNS text[]\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                'SELECT word || array_agg(left(word, place - 1) || substr(word, place + 1)) FROM generate_series(1, length(word)) place\n'
                '$$;\n'
                '\n'
                '-- `asked` with each two neighbouring letters the other way round.\n'
                'CREATE OR REPLACE FUNCTION registry_swaps(asked text) RETURNS text[]\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                '    SELECT ARRAY(SELECT overlay(asked PLACING reverse(substr(asked, place, 2)) FROM place FOR 2)\n'
                '        FROM generate_series(1, length(asked) - 1) place)\n'
                '$$;\n'
                '\n'
                '-- Whether who typed `asked` may have meant `name` and missed a letter or swapped two: of all slips these say most about\n'
                '-- what was meant, because only a few names are so near. Not STRICT, which would keep it from being inlined.\n'
                'CREATE OR REPLACE FUNCTION registry_is_slip(asked text, name text) RETURNS boolean\n'
                'LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$\n'
                '    SELECT length(name) = length(asked) AND name = ANY(registry_swaps(asked))\n'
                '        OR length(name) = length(asked) + 1 AND asked = ANY(registry_deletions(name))\n'
                '$$;\n'
                '\n'
                '-- The words in use that somebody may have meant: one letter away, first those that a slip explains; where nobody uses\n'
                '-- the word, also those most alike. A word of two or three letters has up to a hundred such neighbours, and the right\n'
                '-- one is told by the other words of the question.\n'
                'CREATE OR REPLACE FUNCTION registry_near_words(asked text, typed text) RETURNS SETOF text\n'
                'LANGUAGE plpgsql STABLE STRICT\n'
                'SET pg_trgm.similarity_threshold = 0.4 SET pg_trgm.word_similarity_threshold = 0.5 AS $$\n'
                'DECLARE\n'
                '    forms text[] := registry_deletions(asked) || CASE WHEN typed <> asked THEN registry_deletions(typed) END;\n'
                'BEGIN\n'
                '    RETURN QUERY SELECT word FROM actors_searchword WHERE deletions && forms\n'
                '        GROUP BY word ORDER BY bool_or(registry_is_slip(asked, word)) DESC, similarity(word, asked) DESC, word LIMIT 100;\n'
                '    IF length(asked) > 4 AND NOT EXISTS (SELECT FROM actors_searchword WHERE word = asked) THEN\n'
                '        RETURN QUERY SELECT word FROM actors_searchword WHERE word % asked OR asked <% word\n'
                '            GROUP BY word ORDER BY similarity(word, asked) DESC, word LIMIT 10;\n'
                '    END IF;\n'
                'END $$;\n'
                '\n'
                '-- The question with the words that may have been meant, of those that have at least `shortest` letters: who is still\n'
                '-- typing has made no mistake by a short one, and a short one alone may mean anything. Words of up to three letters are\n'
                '-- given up where nothing holds them, unless there is nothing longer. Reading every document would be the worst plan,\n'
                '-- which the planner cannot know.\n'
                'CREATE OR REPLACE FUNCTION registry_forgiving_query(value text, shortest int DEFAULT 1) RETURNS tsquery\n'
                'LANGUAGE plpgsql STABLE STRICT SET enable_seqscan = off AS $$\n'
                'DECLARE\n'
                '    exact tsquery;\n'
                '    loose tsquery;\n'
                'BEGIN\n'
                "    SELECT string_agg(one, ' & ' ORDER BY place)::tsquery, string_agg(one, ' & ' ORDER BY place) FILTER (WHERE is_long)::tsquery\n"
                '    INTO exact, loose\n'
                '    FROM (\n'
                "        SELECT place, length(word) > 3, '(' || concat_ws(' | ', registry_word_query(word, is_last)::text, (\n"
                "            SELECT string_agg(DISTINCT quote_literal(near), ' | ') FROM registry_near_words(word, typed) near\n"
                '            WHERE length(word) BETWEEN CASE WHEN tells THEN shortest ELSE 4 END AND 60\n'
                "        )) || ')'\n"
                '        FROM (\n'
                '            SELECT *, bool_or(length(word) > 3) OVER () OR count(*) OVER () > 1 AND bool_or(\n'
                "                ts_lexize('german_stem', word) <> '{}' AND ts_lexize('english_stem', word) <> '{}'\n"
                '            ) OVER () AS tells\n'
                '            FROM registry_asked(value)\n'
                '        ) asked\n'
                '    ) parts (place, is_long, one);\n'
                '    IF exact IS DISTINCT FROM loose AND loose IS NOT NULL\n'
                '        AND NOT EXISTS (SELECT FROM actors_searchdocument WHERE vector @@ exact)\n'
                '    THEN\n'
                '        RETURN loose;\n'
                '    END IF;\n'
                "    RETURN coalesce(exact, '');\n"
                'END $$;\n'
            ),
        ),
        clusterportal.core.migrating.InstallSQL(
            name='note_actors',
            sql=(
                '-- Which actors a transaction has written (`ActorTouch`): what is held in memory follows commits by these notes. Every\n'
                '-- statement that writes an actor or a part of it notes which, at a few microseconds a statement.\n'
                '\n'
                '-- Notes the actors that a statement has written; NULL for all. Where it names more than 20,000, a reader reads\n'
                '-- everything. Notes of the last 100,000 transactions are kept; readers that are further behind read everything.\n'
                'CREATE OR REPLACE FUNCTION registry_note_actors(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$\n'
                'DECLARE\n'
                '  own bigint := pg_current_xact_id()::text::bigint;\n'
                'BEGIN\n'
                '  INSERT INTO actors_actortouch (transaction, actors)\n'
                '    VALUES (own, CASE WHEN cardinality(ids) <= 20000 THEN ids END);\n'
                '  IF own % 64 = 0 THEN\n'
                '    DELETE FROM actors_actortouch WHERE id IN (\n'
                '      SELECT id FROM actors_actortouch\n'
                '        WHERE transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 100000\n'
                '        LIMIT 1000 FOR UPDATE SKIP LOCKED);\n'
                '  END IF;\n'
                'END $$;\n'
                '\n'
                '-- Which actors have become visible otherwise since a snapshot, and whether that can no longer be told: of the 100,000\n'
                '-- transactions whose notes are kept, half are trusted.\n'
                'CREATE OR REPLACE FUNCTION registry_news(seen pg_snapshot, OUT changed bigint[], OUT is_lost boolean)\n'
                'LANGUAGE sql STABLE AS $$\n'
                'WITH notes AS (\n'
                '    SELECT actors FROM actors_actortouch\n'
                '    WHERE transaction >= pg_snapshot_xmin(seen)::text::bigint\n'
                '        AND NOT pg_visible_in_snapshot(transaction::text::xid8, seen)\n'
                ')\n'
                'SELECT ARRAY(SELECT DISTINCT unnest(actors) FROM notes),\n'
                '    EXISTS (SELECT FROM notes WHERE actors IS NULL)\n'
                '    OR pg_snapshot_xmin(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(seen)::text::bigint\n'
                '        NOT BETWEEN 0 AND 50000\n'
                '$$;\n'
                '\n'
                '-- Actors themselves.\n'
                'CREATE OR REPLACE FUNCTION registry_note_actor() RETURNS trigger LANGUAGE plpgsql AS $$\n'
                'DECLARE\n'
                '  ids bigint[];\n'
                'BEGIN\n'
                "  IF TG_OP = 'INSERT' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[id]) FROM fresh) AS found (id);\n'
                "  ELSIF TG_OP = 'DELETE' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[id]) FROM gone) AS found (id);\n'
                "  ELSIF TG_OP = 'UPDATE' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (\n'
                '      SELECT unnest(ARRAY[id]) FROM fresh UNION ALL SELECT unnest(ARRAY[id]) FROM gone) AS found (id);\n'
                '  END IF;\n'
                "  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN\n"
                '    PERFORM registry_note_actors(ids);\n'
                '  END IF;\n'
                '  RETURN NULL;\n'
                'END $$;\n'
                '\n'
                '-- Parts of an actor.\n'
                'CREATE OR REPLACE FUNCTION registry_note_part() RETURNS trigger LANGUAGE plpgsql AS $$\n'
                'DECLARE\n'
                '  ids bigint[];\n'
                'BEGIN\n'
                "  IF TG_OP = 'INSERT' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[actor_id]) FROM fresh) AS found (id);\n'
                "  ELSIF TG_OP = 'DELETE' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[actor_id]) FROM gone) AS found (id);\n'
                "  ELSIF TG_OP = 'UPDATE' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (\n'
                '      SELECT unnest(ARRAY[actor_id]) FROM fresh UNION ALL SELECT unnest(ARRAY[actor_id]) FROM gone) AS found (id);\n'
                '  END IF;\n'
                "  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN\n"
                '    PERFORM registry_note_actors(ids);\n'
                '  END IF;\n'
                '  RETURN NULL;\n'
                'END $$;\n'
                '\n'
                '-- Relations: both ends.\n'
                'CREATE OR REPLACE FUNCTION registry_note_relation() RETURNS trigger LANGUAGE plpgsql AS $$\n'
                'DECLARE\n'
                '  ids bigint[];\n'
                'BEGIN\n'
                "  IF TG_OP = 'INSERT' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[source_id, target_id]) FROM fresh) AS found (id);\n'
                "  ELSIF TG_OP = 'DELETE' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (SELECT unnest(ARRAY[source_id, target_id]) FROM gone) AS found (id);\n'
                "  ELSIF TG_OP = 'UPDATE' THEN\n"
                '    SELECT array_agg(DISTINCT id) INTO ids FROM (\n'
                '      SELECT unnest(ARRAY[source_id, target_id]) FROM fresh UNION ALL SELECT unnest(ARRAY[source_id, target_id]) FROM gone) AS found (id);\n'
                '  END IF;\n'
                "  IF ids IS NOT NULL OR TG_OP = 'TRUNCATE' THEN\n"
                '    PERFORM registry_note_actors(ids);\n'
                '  END IF;\n'
                '  RETURN NULL;\n'
                'END $$;\n'
                '\n'
                'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_actor\n'
                '  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();\n'
                'CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_actor\n'
                '  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();\n'
                'CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_actor\n'
                '  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();\n'
                'CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_actor\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_actor();\n'
                '\n'
                'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_layerplacement\n'
                '  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_layerplacement\n'
                '  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_layerplacement\n'
                '  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_layerplacement\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                '\n'
                'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_applicationfocus\n'
                '  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_applicationfocus\n'
                '  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_applicationfocus\n'
                '  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_applicationfocus\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                '\n'
                'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_membership\n'
                '  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_membership\n'
                '  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_membership\n'
                '  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_membership\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                '\n'
                'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_actortopic\n'
                '  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_actortopic\n'
                '  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_actortopic\n'
                '  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                'CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_actortopic\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_part();\n'
                '\n'
                'CREATE OR REPLACE TRIGGER note_actors_insert AFTER INSERT ON actors_actorrelation\n'
                '  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();\n'
                'CREATE OR REPLACE TRIGGER note_actors_update AFTER UPDATE ON actors_actorrelation\n'
                '  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();\n'
                'CREATE OR REPLACE TRIGGER note_actors_delete AFTER DELETE ON actors_actorrelation\n'
                '  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();\n'
                'CREATE OR REPLACE TRIGGER note_actors_truncate AFTER TRUNCATE ON actors_actorrelation\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_note_relation();\n'
            ),
        ),
        clusterportal.core.migrating.InstallSQL(
            name='questions',
            sql=(
                '-- A question as somebody typed it, as a text search query.\n'
                '\n'
                '-- The words of a question in their order, spelt and as they were typed; words that every sentence has count only\n'
                '-- where there is nothing else.\n'
                'CREATE OR REPLACE FUNCTION registry_asked(value text)\n'
                'RETURNS TABLE (word text, typed text, place int, is_last boolean)\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5 AS $$\n'
                'SELECT registry_spelling(typed), typed, place, place = max(place) OVER () FROM (\n'
                '    SELECT lexeme, positions[1]::int, bool_and(is_stop) OVER () OR NOT is_stop\n'
                "    FROM unnest(to_tsvector('simple', registry_plain(value))),\n"
                '    LATERAL (\n'
                "        SELECT ts_lexize('german_stem', lexeme) = '{}' OR ts_lexize('english_stem', lexeme) = '{}'\n"
                "            OR lexeme IN ('fur', 'uber')\n"
                '    ) sentence (is_stop)\n'
                ') every (typed, place, counts)\n'
                'WHERE counts\n'
                '$$;\n'
                '\n'
                '-- A word as somebody typed it: its beginning, its stems, and from five letters on the end of a compound.\n'
                'CREATE OR REPLACE FUNCTION registry_word_query(word text, is_last boolean) RETURNS tsquery\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                "SELECT string_agg(one, ' | ')::tsquery FROM (\n"
                "    SELECT quote_literal(word) || CASE WHEN is_last OR length(word) > 2 THEN ':*' ELSE '' END\n"
                '    UNION ALL\n'
                '    SELECT DISTINCT quote_literal(stem)\n'
                "    FROM unnest(ts_lexize('german_stem', word) || ts_lexize('english_stem', word)) stem\n"
                '    WHERE stem <> word AND length(stem) > 2\n'
                '    UNION ALL\n'
                "    SELECT quote_literal('~' || word) || ':*' WHERE length(word) BETWEEN 5 AND 56\n"
                ') alternatives (one)\n'
                '$$;\n'
                '\n'
                '-- All words of a question, each as `registry_word_query` has it.\n'
                'CREATE OR REPLACE FUNCTION registry_query(value text) RETURNS tsquery\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                "SELECT coalesce(string_agg('(' || registry_word_query(word, is_last)::text || ')', ' & ' ORDER BY place), '')::tsquery\n"
                'FROM registry_asked(value)\n'
                '$$;\n'
                '\n'
                '-- What must stand as it is ("in quotation marks"), and what must not stand at all (-unwanted).\n'
                'CREATE OR REPLACE FUNCTION registry_phrases(phrases text[], unwanted text[]) RETURNS tsquery\n'
                'LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                'DECLARE\n'
                "    found tsquery := '';\n"
                '    part text;\n'
                'BEGIN\n'
                '    FOREACH part IN ARRAY phrases LOOP\n'
                "        found := found && phraseto_tsquery('simple', registry_spelling(part));\n"
                '    END LOOP;\n'
                '    FOREACH part IN ARRAY unwanted LOOP\n'
                '        part := registry_spelling(part);\n'
                "        IF strpos(part, ' ') > 0 THEN\n"
                "            found := found && !!phraseto_tsquery('simple', part);\n"
                "        ELSIF numnode(plainto_tsquery('simple', part)) > 0 THEN\n"
                "            found := found && !!(plainto_tsquery('simple', part) || plainto_tsquery('german', part)\n"
                "                || plainto_tsquery('english', part));\n"
                '        END IF;\n'
                '    END LOOP;\n'
                '    RETURN found;\n'
                'END $$;\n'
            ),
        ),
    ]
