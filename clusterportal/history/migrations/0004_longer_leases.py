"""Leases of ten milliseconds in place of five: two workers under load no longer spend a twentieth of both cores asking."""

from importlib import import_module

from django.db import migrations

PAUSE = 0.012  # seconds; longer than a lease (history/stamp.py)

_before = import_module("clusterportal.history.migrations.0003_revision_leases")
RAISE = f"""
CREATE OR REPLACE FUNCTION registry_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock({_before.LOCK});
  PERFORM pg_sleep({PAUSE});
  INSERT INTO history_revision (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = history_revision.number + 1;
  DELETE FROM history_revisionmark WHERE id = NEW.id;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0003_revision_leases")]
    operations = [migrations.RunSQL(RAISE, _before.RAISE)]
