import clusterportal.core.functions
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('history', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(help_text='Two letters, ISO 3166-1.', max_length=2, verbose_name='country')),
                ('code', models.CharField(max_length=20, verbose_name='postcode')),
                ('place', models.CharField(max_length=180, verbose_name='place')),
                ('district', models.CharField(blank=True, max_length=100, verbose_name='district')),
                ('state_name', models.CharField(blank=True, max_length=100, verbose_name='federal state')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('key', models.GeneratedField(db_persist=True, expression=clusterportal.core.functions.Fold(models.F('place')), output_field=models.TextField(db_collation='C'))),
            ],
            options={
                'verbose_name': 'postcode',
                'verbose_name_plural': 'postcodes',
                'ordering': ['country', 'code', 'place'],
                'indexes': [
                    models.Index(models.F('key'), name='postcode_by_place'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('code', 'place', 'country'), name='postcode_once_a_place'),
                    models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('place', ''), _negated=True)), name='postcode_has_code_and_place'),
                    models.CheckConstraint(condition=models.Q(('country__regex', '^[A-Z]{2}$')), name='postcode_country_two_letters'),
                    models.CheckConstraint(condition=models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), name='postcode_coordinates_on_earth'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='raise_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM registry_mark_public(); RETURN NULL;', hash='c7e6f696e5443fcca4638cf78a5248c6e9ce1358', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_raise_revision_c9b7c', table='places_postcode', when='AFTER')),
                ],
            },
        ),
    ]
