"""A reader may trust the revision for a moment without asking again; who raises it waits until nobody does.

Leases as in C. Gray and D. Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache
consistency" (SOSP 1989). A lease is given under a shared lock, at the latest when the writer takes the lock for itself;
the writer then waits longer than a lease lasts, raises the number and commits.
"""

from django.db import migrations

LOCK = 0x7265_6769  # of the revision, among the advisory locks of this database
PAUSE = 0.006  # seconds; longer than a lease (history/stamp.py)

LEASE = f"""
CREATE FUNCTION registry_lease(OUT stamp text, OUT is_lasting boolean) LANGUAGE plpgsql AS $$
BEGIN
  is_lasting := pg_try_advisory_xact_lock_shared({LOCK});
  -- A statement of its own, so that it sees what was committed before the lock.
  SELECT concat(number, '-', xmin) INTO stamp FROM history_revision WHERE id = 1;
END $$;
"""
RAISE = f"""
CREATE OR REPLACE FUNCTION registry_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  PERFORM pg_sleep({PAUSE});
  INSERT INTO history_revision (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = history_revision.number + 1;
  DELETE FROM history_revisionmark WHERE id = NEW.id;
  RETURN NULL;
END $$;
"""
RAISE_AT_ONCE = """
CREATE OR REPLACE FUNCTION registry_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_revision (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = history_revision.number + 1;
  DELETE FROM history_revisionmark WHERE id = NEW.id;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0002_erasure")]
    operations = [
        migrations.RunSQL(LEASE, "DROP FUNCTION registry_lease()"),
        migrations.RunSQL(RAISE, RAISE_AT_ONCE),
    ]
