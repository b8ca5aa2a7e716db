import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActorPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('kind', models.CharField(db_index=True, max_length=20)),
                ('size', models.CharField(db_index=True, max_length=20)),
                ('city', models.CharField(db_index=True, max_length=100)),
                ('country', models.CharField(max_length=2)),
                ('website', models.URLField(max_length=500)),
                ('summary', models.TextField()),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
    ]
