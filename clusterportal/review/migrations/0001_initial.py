import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('actors', '0001_initial'),
        ('clusters', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='permanent id')),
                ('kind', models.CharField(choices=[('new', 'New entry'), ('change', 'Change'), ('claim', 'Claim')], max_length=10, verbose_name='kind')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='actors.actor', verbose_name='actor')),
                ('cluster', models.ForeignKey(blank=True, help_text='The cluster that a new entry would like to belong to.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clusters.cluster', verbose_name='cluster')),
                ('record', models.JSONField(blank=True, default=dict, verbose_name='proposed values')),
                ('base', models.JSONField(blank=True, default=dict, verbose_name='values at the time of the proposal')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('role', models.CharField(blank=True, max_length=160, verbose_name='function')),
                ('language', models.CharField(default='de', max_length=10, verbose_name='language')),
                ('state', models.CharField(choices=[('unconfirmed', 'E-mail not confirmed'), ('waiting', 'Waiting'), ('asked_back', 'Asked back'), ('accepted', 'Accepted'), ('partly_accepted', 'Accepted in part'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='unconfirmed', max_length=16, verbose_name='state')),
                ('waiting_since', models.DateTimeField(blank=True, null=True, verbose_name='waiting since')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'proposal',
                'verbose_name_plural': 'proposals',
                'ordering': ['waiting_since', 'pk'],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('waiting_since'), models.F('id'), condition=models.Q(('state__in', frozenset(['asked_back', 'waiting']))), name='proposal_queue'),
                    models.Index(models.F('actor'), condition=models.Q(('state__in', frozenset(['asked_back', 'waiting']))), name='proposal_open_by_actor'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['new', 'change', 'claim'])), name='proposal_kind_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'waiting', 'asked_back', 'accepted', 'partly_accepted', 'rejected', 'withdrawn'])), name='proposal_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind', 'new'), ('actor__isnull', False), _connector='OR'), name='proposal_is_about_an_actor'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', frozenset(['accepted', 'partly_accepted', 'rejected', 'withdrawn']))), models.Q(models.Q(('state__in', frozenset(['accepted', 'partly_accepted', 'rejected', 'withdrawn'])), _negated=True), ('decided_at__isnull', True)), _connector='OR'), name='proposal_decided_has_a_date'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['asked_back', 'waiting'])), _negated=True), ('waiting_since__isnull', False), _connector='OR'), name='proposal_open_has_a_date'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."uid", OLD."kind", OLD."actor_id", OLD."cluster_id", OLD."record", OLD."base", OLD."message", OLD."user_id", OLD."name", OLD."email", OLD."role", OLD."language", OLD."state", OLD."waiting_since", OLD."reviewer_id", OLD."decided_at", OLD."reason") IS DISTINCT FROM ROW(NEW."id", NEW."uid", NEW."kind", NEW."actor_id", NEW."cluster_id", NEW."record", NEW."base", NEW."message", NEW."user_id", NEW."name", NEW."email", NEW."role", NEW."language", NEW."state", NEW."waiting_since", NEW."reviewer_id", NEW."decided_at", NEW."reason") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='76489af66739a03d4bd8d660db758731c6425139', operation='UPDATE', pgid='pgtrigger_touch_updated_at_a4bcf', table='review_proposal', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProposalNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='review.proposal', verbose_name='proposal')),
                ('side', models.CharField(choices=[('proposer', 'Proposer'), ('reviewer', 'Review')], max_length=10, verbose_name='side')),
                ('text', models.TextField(verbose_name='text')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'conversation',
                'ordering': ['created_at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('side__in', ['proposer', 'reviewer'])), name='note_side_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Representation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='representations', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='representations', to='actors.actor', verbose_name='actor')),
                ('state', models.CharField(choices=[('active', 'Active'), ('ended', 'Ended')], default='active', max_length=10, verbose_name='state')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                ('granted_at', models.DateTimeField(auto_now_add=True, verbose_name='granted at')),
            ],
            options={
                'verbose_name': 'representative',
                'verbose_name_plural': 'representatives',
                'ordering': ['actor__sort_key', 'pk'],
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'actor'), name='representation_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['active', 'ended'])), name='representation_state_known'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."user_id", OLD."actor_id", OLD."state", OLD."granted_by_id", OLD."granted_at") IS DISTINCT FROM ROW(NEW."id", NEW."user_id", NEW."actor_id", NEW."state", NEW."granted_by_id", NEW."granted_at") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='0dc4337d73cc1b3113779e94847e839c89cb3a67', operation='UPDATE', pgid='pgtrigger_touch_updated_at_b6298', table='review_representation', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "review_representationevent" ("actor_id", "created_at", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "updated_at", "user_id") VALUES (NEW."actor_id", NEW."created_at", NEW."granted_at", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."updated_at", NEW."user_id"); RETURN NULL;', hash='76a991006c10a6ed390b99cdecef579ff3ba8e3b', operation='INSERT', pgid='pgtrigger_insert_insert_8930a', table='review_representation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."granted_at" IS DISTINCT FROM (NEW."granted_at") OR OLD."granted_by_id" IS DISTINCT FROM (NEW."granted_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "review_representationevent" ("actor_id", "created_at", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "updated_at", "user_id") VALUES (NEW."actor_id", NEW."created_at", NEW."granted_at", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."updated_at", NEW."user_id"); RETURN NULL;', hash='3f938ca8f7eb787efe209ee9582098489679a9c4', operation='UPDATE', pgid='pgtrigger_update_update_366d3', table='review_representation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "review_representationevent" ("actor_id", "created_at", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "updated_at", "user_id") VALUES (OLD."actor_id", OLD."created_at", OLD."granted_at", OLD."granted_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."updated_at", OLD."user_id"); RETURN NULL;', hash='58d983116f3ad66915e98c7f751818f2e465a27f', operation='DELETE', pgid='pgtrigger_delete_delete_22e2f', table='review_representation', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='RepresentationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='review.representation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='actors.actor', verbose_name='actor')),
                ('state', models.CharField(choices=[('active', 'Active'), ('ended', 'Ended')], default='active', max_length=10, verbose_name='state')),
                ('granted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                ('granted_at', models.DateTimeField(auto_now_add=True, verbose_name='granted at')),
            ],
            options={
                'verbose_name': 'representative',
                'abstract': False,
                'indexes': [
                    models.Index(fields=['pgh_created_at', 'pgh_id'], name='review_repr_pgh_cre_325c46_idx'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c45d7a7c4081b9770c76a4e046896d0f3e29cb54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2bbca', table='review_representationevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [
                    models.Index(models.F('fingerprint'), models.F('created_at'), name='attempt_by_fingerprint'),
                ],
            },
        ),
    ]
