"""When transactions that changed what the public sees began, and when they became visible."""

from importlib import import_module

from django.db import migrations, models

_leases = import_module("clusterportal.history.migrations.0003_revision_leases")
_longer = import_module("clusterportal.history.migrations.0004_longer_leases")

KEPT = "400 days"  # whoever asks from before gets everything

# The settings are local to the transaction and roll back with a savepoint.
MARK = """
CREATE FUNCTION registry_mark_public(of_all boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own text := pg_current_xact_id()::text;
  known text := COALESCE(current_setting('registry.public', true), '');
BEGIN
  PERFORM registry_mark_revision();
  IF known <> own || ' all' AND (of_all OR known <> own) THEN
    PERFORM set_config('registry.public', CASE WHEN of_all THEN own || ' all' ELSE own END, true);
  END IF;
END $$;
"""
# Under the lock, so that moments follow commits, also where the clock was set back.
RAISE = f"""
CREATE OR REPLACE FUNCTION registry_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own text := pg_current_xact_id()::text;
  known text := COALESCE(current_setting('registry.public', true), '');
  number bigint;
BEGIN
  PERFORM pg_advisory_xact_lock({_leases.LOCK});
  PERFORM pg_sleep({_longer.PAUSE});
  INSERT INTO history_revision (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = history_revision.number + 1;
  DELETE FROM history_revisionmark WHERE id = NEW.id;
  IF known IN (own, own || ' all') THEN
    INSERT INTO history_publicchange (began, at) SELECT
        CASE WHEN known = own THEN now() ELSE '-infinity' END,
        GREATEST(clock_timestamp(), max(at) + interval '1 microsecond')
      FROM history_publicchange RETURNING id INTO number;
    IF number % 1000 = 0 THEN
      DELETE FROM history_publicchange WHERE at < now() - interval '{KEPT}';
    END IF;
  END IF;
  -- Where constraints are made immediate before the end, what is written afterwards is another change.
  PERFORM set_config('registry.marked', '', true), set_config('registry.public', '', true);
  RETURN NULL;
END $$;
"""
SINCE = """
CREATE FUNCTION registry_visible_since(moment timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN moment <= (SELECT min(at) FROM history_publicchange) THEN '-infinity'
    ELSE LEAST(moment, (SELECT min(began) FROM history_publicchange WHERE at >= moment)) END
$$;
"""
BEGIN = """
CREATE FUNCTION registry_begin_public_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_publicchange (began, at) VALUES (now(), clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER begin_anew AFTER TRUNCATE ON history_publicchange
  FOR EACH STATEMENT EXECUTE FUNCTION registry_begin_public_changes();
INSERT INTO history_publicchange (began, at) VALUES (now(), clock_timestamp());
"""
NO_BEGIN = """
DROP TRIGGER begin_anew ON history_publicchange;
DROP FUNCTION registry_begin_public_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0004_longer_leases")]
    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began", models.DateTimeField()),
                ("at", models.DateTimeField(unique=True)),
            ],
        ),
        migrations.RunSQL(BEGIN, NO_BEGIN),
        migrations.RunSQL(MARK, "DROP FUNCTION registry_mark_public(boolean)"),
        migrations.RunSQL(RAISE, _longer.RAISE),
        migrations.RunSQL(SINCE, "DROP FUNCTION registry_visible_since(timestamptz)"),
    ]
