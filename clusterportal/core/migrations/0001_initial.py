import clusterportal.core.migrating
import django.contrib.postgres.operations
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        django.contrib.postgres.operations.UnaccentExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        clusterportal.core.migrating.InstallSQL(
            name='text',
            sql=(
                '-- Texts as they are compared: folded, without punctuation, in one spelling.\n'
                '\n'
                '-- Lower case without accents, umlauts as base letters, sharp s as ss. unaccent() itself is only STABLE, because its\n'
                '-- dictionary could be swapped; naming the dictionary makes the result depend on the argument alone, so that this\n'
                '-- function may be IMMUTABLE and stand in indexes and generated columns.\n'
                'CREATE OR REPLACE FUNCTION registry_fold(value text) RETURNS text\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE\n'
                "AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;\n"
                '\n'
                '-- Folded and without punctuation, which is named by range so that the result is the same under every locale.\n'
                'CREATE OR REPLACE FUNCTION registry_plain(value text) RETURNS text\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                "SELECT btrim(regexp_replace(registry_fold(value), '[\\x01-/:-@[-`{-\\u00bf\\u2000-\\u206f]+', ' ', 'g'))\n"
                '$$;\n'
                '\n'
                '-- One spelling for all: umlauts as base letters however they were written (Müller, Mueller, Muller).\n'
                '-- The spelling of the beginning of a text is the beginning of its spelling.\n'
                'CREATE OR REPLACE FUNCTION registry_spelling(value text) RETURNS text\n'
                'LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$\n'
                "SELECT replace(replace(replace(registry_plain(value), 'ae', 'a'), 'oe', 'o'), 'ue', 'u')\n"
                '$$;\n'
            ),
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('accepted_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
