import django.contrib.postgres.functions
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('actors', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False, verbose_name='updated at')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actors.actor', verbose_name='first actor')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actors.actor', verbose_name='second actor')),
                ('score', models.PositiveSmallIntegerField(help_text='0 to 100.', verbose_name='score')),
                ('reasons', models.JSONField(default=list, verbose_name='reasons')),
                ('state', models.CharField(choices=[('open', 'Open'), ('dismissed', 'Not a duplicate')], default='open', max_length=10, verbose_name='state')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'possible duplicate',
                'verbose_name_plural': 'possible duplicates',
                'ordering': ['-score', 'pk'],
                'abstract': False,
                'indexes': [
                    models.Index(models.F('state'), models.OrderBy(models.F('score'), descending=True), models.F('id'), name='pair_by_score'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_in_order'),
                    models.UniqueConstraint(fields=('first', 'second'), name='pair_once'),
                    models.CheckConstraint(condition=models.Q(('score__range', (0, 100))), name='pair_score_percent'),
                    models.CheckConstraint(condition=models.Q(('state', 'open'), ('decided_at__isnull', False), _connector='OR'), name='pair_decided_has_a_date'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'dismissed'])), name='pair_state_known'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='touch_updated_at', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.created_at = OLD.created_at;  -- is never rewritten\nIF NEW.updated_at > OLD.updated_at OR ROW(OLD."id", OLD."first_id", OLD."second_id", OLD."score", OLD."reasons", OLD."state", OLD."decided_by_id", OLD."decided_at", OLD."note") IS DISTINCT FROM ROW(NEW."id", NEW."first_id", NEW."second_id", NEW."score", NEW."reasons", NEW."state", NEW."decided_by_id", NEW."decided_at", NEW."note") THEN\n  NEW.updated_at = now();\nELSE\n  NEW.updated_at = OLD.updated_at;\nEND IF;\nRETURN NEW;', hash='4f6ef3ec49d7983fa5c3f8834f281a1df1da96d1', operation='UPDATE', pgid='pgtrigger_touch_updated_at_58c32', table='quality_duplicatepair', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actors.actor', verbose_name='kept actor')),
                ('merged_uid', models.UUIDField(verbose_name='permanent id of the merged actor')),
                ('merged_slug', models.SlugField(max_length=120, verbose_name='address of the merged actor')),
                ('merged_name', models.CharField(max_length=300, verbose_name='merged actor')),
                ('act', models.UUIDField(db_index=True, verbose_name='act')),
                ('before', models.JSONField(default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='merged at')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back at')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link_check', to='actors.actor', verbose_name='actor')),
                ('url', models.URLField(max_length=500, verbose_name='website')),
                ('status', models.CharField(choices=[('ok', 'Works'), ('moved', 'Moved for good'), ('failing', 'Failed once'), ('broken', 'Broken'), ('guarded', 'Answers people only'), ('blocked', 'Blocked by robots.txt'), ('refused', 'No public address')], max_length=10, verbose_name='status')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('failures', models.PositiveSmallIntegerField(default=0, help_text='Each counted on another day.', verbose_name='failures in a row')),
                ('final_url', models.URLField(blank=True, max_length=500, verbose_name='new address')),
                ('checked_at', models.DateTimeField(verbose_name='checked at')),
            ],
            options={
                'verbose_name': 'website check',
                'verbose_name_plural': 'website checks',
                'ordering': ['-checked_at', 'pk'],
                'indexes': [
                    models.Index(models.F('status'), models.F('actor'), name='link_by_status'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('status__in', ['ok', 'moved', 'failing', 'broken', 'guarded', 'blocked', 'refused'])), name='link_status_known'),
                    models.CheckConstraint(condition=models.Q(('url', ''), ('url__iregex', '^(https?|ftps?)://'), _connector='OR'), name='link_url_on_the_web', violation_error_message='A web address begins with http:// or https://.'),
                    models.CheckConstraint(condition=models.Q(('final_url', ''), ('final_url__iregex', '^(https?|ftps?)://'), _connector='OR'), name='link_final_url_on_the_web', violation_error_message='A web address begins with http:// or https://.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'moved'), _negated=True), models.Q(('final_url', ''), _negated=True), _connector='OR'), name='link_moved_has_an_address'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='actors.actor', verbose_name='actor')),
                ('sent_at', models.DateTimeField(verbose_name='sent at')),
                ('to', models.EmailField(blank=True, help_text='Forgotten after 400 days.', max_length=254, verbose_name='sent to')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'ordering': ['-sent_at', '-pk'],
                'indexes': [
                    models.Index(models.F('actor'), models.F('sent_at'), name='reminder_by_actor'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('answered_at__gte', models.F('sent_at')), _connector='OR'), name='reminder_answered_after_sent'),
                ],
            },
        ),
    ]
