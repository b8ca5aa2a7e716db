import clusterportal.core.migrating
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
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('pk', 1)), name='revision_is_one_row'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RevisionMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='PublicChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began', models.DateTimeField()),
                ('at', models.DateTimeField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('ground', models.CharField(choices=[('request', 'The person asked for it'), ('consent', 'Consent was withdrawn'), ('duty', 'The purpose is gone')], max_length=10, verbose_name='ground')),
                ('counts', models.JSONField(default=dict, verbose_name='erased records')),
            ],
            options={
                'verbose_name': 'erasure of a person',
                'verbose_name_plural': 'erasures of people',
                'ordering': ['-at'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('ground__in', ['request', 'consent', 'duty'])), name='erasure_ground_known'),
                ],
            },
        ),
        clusterportal.core.migrating.InstallSQL(
            name='public_changes',
            sql=(
                '-- When transactions that changed what the public sees began, and when they became visible (`PublicChange`).\n'
                '\n'
                '-- The moment from which on rows may carry changes that became visible since another moment; -infinity: from ever.\n'
                'CREATE OR REPLACE FUNCTION registry_visible_since(moment timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$\n'
                '  SELECT CASE\n'
                "    WHEN moment <= (SELECT min(at) FROM history_publicchange) THEN '-infinity'\n"
                '    ELSE LEAST(moment, (SELECT min(began) FROM history_publicchange WHERE at >= moment)) END\n'
                '$$;\n'
                '\n'
                '-- An emptied table, as after a restore, begins anew: it always says from when on it knows every change.\n'
                'CREATE OR REPLACE FUNCTION registry_begin_public_changes() RETURNS trigger LANGUAGE plpgsql AS $$\n'
                'BEGIN\n'
                '  INSERT INTO history_publicchange (began, at) VALUES (now(), clock_timestamp());\n'
                '  RETURN NULL;\n'
                'END $$;\n'
                '\n'
                'CREATE OR REPLACE TRIGGER begin_anew AFTER TRUNCATE ON history_publicchange\n'
                '  FOR EACH STATEMENT EXECUTE FUNCTION registry_begin_public_changes();\n'
            ),
        ),
        clusterportal.core.migrating.InstallSQL(
            name='revision',
            sql=(
                '-- The revision: a number that every committed change of the registry raises, and the state it stands for.\n'
                '\n'
                '-- Says that this transaction changes the registry; triggers of the recorded tables call it. One mark a transaction: the\n'
                "-- setting is local to it and rolls back with a savepoint. The mark's deferred trigger raises the number at commit, so\n"
                '-- that the row is locked only for that moment and numbers follow the order of commits.\n'
                'CREATE OR REPLACE FUNCTION registry_mark_revision() RETURNS void LANGUAGE plpgsql AS $$\n'
                'BEGIN\n'
                "  IF current_setting('registry.marked', true) IS DISTINCT FROM pg_current_xact_id()::text THEN\n"
                "    PERFORM set_config('registry.marked', pg_current_xact_id()::text, true);\n"
                '    INSERT INTO history_revisionmark DEFAULT VALUES;\n'
                '  END IF;\n'
                'END $$;\n'
                '\n'
                '-- Says that this transaction changes what the public sees of actors; `of_all`: of every actor.\n'
                'CREATE OR REPLACE FUNCTION registry_mark_public(of_all boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$\n'
                'DECLARE\n'
                '  own text := pg_current_xact_id()::text;\n'
                "  known text := COALESCE(current_setting('registry.public', true), '');\n"
                'BEGIN\n'
                '  PERFORM registry_mark_revision();\n'
                "  IF known <> own || ' all' AND (of_all OR known <> own) THEN\n"
                "    PERFORM set_config('registry.public', CASE WHEN of_all THEN own || ' all' ELSE own END, true);\n"
                '  END IF;\n'
                'END $$;\n'
                '\n'
                '-- A reader may trust the revision for a moment without asking again: that is a lease. Whoever raises the revision waits\n'
                '-- until no lease is left. C. Gray and D. Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file\n'
                '-- cache consistency" (SOSP 1989). A lease is given under a shared lock (1919248233, the bytes "regi", among the advisory\n'
                '-- locks of this database), at the latest when the writer takes the lock for itself. It lasts 10 ms (`history/data_version.py`).\n'
                'CREATE OR REPLACE FUNCTION registry_lease(OUT version text, OUT is_lasting boolean) LANGUAGE plpgsql AS $$\n'
                'BEGIN\n'
                '  is_lasting := pg_try_advisory_xact_lock_shared(1919248233);\n'
                '  -- A statement of its own, so that it sees what was committed before the lock.\n'
                "  SELECT concat(number, '-', xmin) INTO version FROM history_revision WHERE id = 1;\n"
                'END $$;\n'
                '\n'
                '-- At commit: waits 12 ms, longer than a lease lasts, raises the number, and notes a public change with the moment at\n'
                '-- which it becomes visible. All of it happens under the lock, so that moments follow the order of commits even where the\n'
                '-- clock was set back. Public changes are kept for 400 days; a reader who asks since an earlier moment gets everything.\n'
                'CREATE OR REPLACE FUNCTION registry_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$\n'
                'DECLARE\n'
                '  own text := pg_current_xact_id()::text;\n'
                "  known text := COALESCE(current_setting('registry.public', true), '');\n"
                '  number bigint;\n'
                'BEGIN\n'
                '  PERFORM pg_advisory_xact_lock(1919248233);\n'
                '  PERFORM pg_sleep(0.012);\n'
                '  INSERT INTO history_revision (id, number) VALUES (1, 1)\n'
                '    ON CONFLICT (id) DO UPDATE SET number = history_revision.number + 1;\n'
                '  DELETE FROM history_revisionmark WHERE id = NEW.id;\n'
                "  IF known IN (own, own || ' all') THEN\n"
                '    INSERT INTO history_publicchange (began, at) SELECT\n'
                "        CASE WHEN known = own THEN now() ELSE '-infinity' END,\n"
                "        GREATEST(clock_timestamp(), max(at) + interval '1 microsecond')\n"
                '      FROM history_publicchange RETURNING id INTO number;\n'
                '    IF number % 1000 = 0 THEN\n'
                "      DELETE FROM history_publicchange WHERE at < now() - interval '400 days';\n"
                '    END IF;\n'
                '  END IF;\n'
                '  -- Where constraints are made immediate before the end, what is written afterwards is another change.\n'
                "  PERFORM set_config('registry.marked', '', true), set_config('registry.public', '', true);\n"
                '  RETURN NULL;\n'
                'END $$;\n'
                '\n'
                '-- PostgreSQL does not replace constraint triggers.\n'
                'DROP TRIGGER IF EXISTS raise_revision ON history_revisionmark;\n'
                'CREATE CONSTRAINT TRIGGER raise_revision AFTER INSERT ON history_revisionmark\n'
                '  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry_raise_revision();\n'
            ),
        ),
        # The table always says from when on it knows every change.
        migrations.RunSQL(
            sql='INSERT INTO history_publicchange (began, at) VALUES (now(), clock_timestamp())',
            reverse_sql='',
        ),
    ]
