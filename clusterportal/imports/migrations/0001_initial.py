import clusterportal.imports.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(choices=[('actors', 'Actors'), ('topics', 'Topics'), ('layers', 'Layers'), ('areas', 'Application areas'), ('clusters', 'Clusters'), ('regions', 'Regions')], default='actors', max_length=10, verbose_name='list')),
                ('state', models.CharField(choices=[('uploaded', 'Uploaded'), ('checking', 'Being checked'), ('checked', 'Checked'), ('writing', 'Being written'), ('done', 'Imported'), ('failed', 'Failed'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='uploaded', max_length=10, verbose_name='state')),
                ('file', models.FileField(max_length=200, storage=clusterportal.imports.models.private_storage, upload_to='%Y/%m', verbose_name='file')),
                ('file_name', models.CharField(max_length=200, verbose_name='file name')),
                ('options', models.JSONField(default=dict, verbose_name='options')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='total')),
                ('counts', models.JSONField(default=dict, verbose_name='counts')),
                ('notes', models.JSONField(default=list, verbose_name='notes')),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='digest')),
                ('ticket', models.UUIDField(blank=True, null=True, verbose_name='ticket')),
                ('heard_at', models.DateTimeField(blank=True, null=True, verbose_name='last heard of')),
                ('act_id', models.UUIDField(blank=True, null=True, verbose_name='act')),
                ('undone', models.JSONField(default=dict, verbose_name='undone')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('language', models.CharField(blank=True, max_length=10, verbose_name='language')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-created_at', '-pk'],
                'indexes': [
                    models.Index(fields=['by', '-created_at'], name='importrun_of_person'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('noun__in', ['actors', 'topics', 'layers', 'areas', 'clusters', 'regions'])), name='importrun_noun_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checking', 'checked', 'writing', 'done', 'failed', 'undoing', 'undone'])), name='importrun_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'undone']), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='importrun_done_has_an_end'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['undone', 'undoing']), _negated=True), ('act_id__isnull', False), _connector='OR'), name='importrun_undone_had_an_act'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['checking', 'undoing', 'writing'])), _negated=True), models.Q(('heard_at__isnull', False), ('ticket__isnull', False)), _connector='OR'), name='importrun_busy_has_a_job'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.importrun')),
                ('number', models.PositiveIntegerField()),
                ('outcome', models.CharField(max_length=10)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('record', models.BigIntegerField(null=True)),
                ('changes', models.JSONField(default=list)),
                ('problems', models.JSONField(default=list)),
                ('normalised', models.JSONField(default=list)),
                ('candidates', models.JSONField(default=list)),
                ('is_normalised', models.BooleanField(default=False)),
                ('is_loss', models.BooleanField(default=False)),
                ('decision', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of imports',
                'ordering': ['number'],
                'indexes': [
                    models.Index(models.F('run'), models.F('outcome'), models.F('number'), name='importrow_by_outcome'),
                    models.Index(models.F('run'), models.F('number'), condition=models.Q(('is_normalised', True)), name='importrow_normalised'),
                    models.Index(models.F('run'), models.F('number'), condition=models.Q(('is_loss', True)), name='importrow_loss'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('run', 'number'), name='importrow_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ImportProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('noun', models.CharField(choices=[('actors', 'Actors'), ('topics', 'Topics'), ('layers', 'Layers'), ('areas', 'Application areas'), ('clusters', 'Clusters'), ('regions', 'Regions')], default='actors', max_length=10, verbose_name='list')),
                ('options', models.JSONField(default=dict, verbose_name='options')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'import profile',
                'verbose_name_plural': 'import profiles',
                'ordering': ['name'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('noun__in', ['actors', 'topics', 'layers', 'areas', 'clusters', 'regions'])), name='importprofile_noun_known'),
                ],
            },
        ),
    ]
