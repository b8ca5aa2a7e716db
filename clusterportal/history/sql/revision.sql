-- The revision: a number that every committed change of the registry raises, and the state it stands for.

-- Says that this transaction changes the registry; triggers of the recorded tables call it. One mark a transaction: the
-- setting is local to it and rolls back with a savepoint. The mark's deferred trigger raises the number at commit, so
-- that the row is locked only for that moment and numbers follow the order of commits.
CREATE OR REPLACE FUNCTION registry_mark_revision() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('registry.marked', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    PERFORM set_config('registry.marked', pg_current_xact_id()::text, true);
    INSERT INTO history_revisionmark DEFAULT VALUES;
  END IF;
END $$;

-- Says that this transaction changes what the public sees of actors; `of_all`: of every actor.
CREATE OR REPLACE FUNCTION registry_mark_public(of_all boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own text := pg_current_xact_id()::text;
  known text := COALESCE(current_setting('registry.public', true), '');
BEGIN
  PERFORM registry_mark_revision();
  IF known <> own || ' all' AND (of_all OR known <> own) THEN
    PERFORM set_config('registry.public', CASE WHEN of_all THEN own || ' all' ELSE own END, true);
  END IF;
END $$;

-- A reader may trust the revision for a moment without asking again: that is a lease. Whoever raises the revision waits
-- until no lease is left. C. Gray and D. Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file
-- cache consistency" (SOSP 1989). A lease is given under a shared lock (1919248233, the bytes "regi", among the advisory
-- locks of this database), at the latest when the writer takes the lock for itself. It lasts 10 ms (`history/data_version.py`).
CREATE OR REPLACE FUNCTION registry_lease(OUT version text, OUT is_lasting boolean) LANGUAGE plpgsql AS $$
BEGIN
  is_lasting := pg_try_advisory_xact_lock_shared(1919248233);
  -- A statement of its own, so that it sees what was committed before the lock.
  SELECT concat(number, '-', xmin) INTO version FROM history_revision WHERE id = 1;
END $$;

-- At commit: waits 12 ms, longer than a lease lasts, raises the number, and notes a public change with the moment at
-- which it becomes visible. All of it happens under the lock, so that moments follow the order of commits even where the
-- clock was set back. Public changes are kept for 400 days; a reader who asks since an earlier moment gets everything.
CREATE OR REPLACE FUNCTION registry_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own text := pg_current_xact_id()::text;
  known text := COALESCE(current_setting('registry.public', true), '');
  number bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(1919248233);
  PERFORM pg_sleep(0.012);
  INSERT INTO history_revision (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = history_revision.number + 1;
  DELETE FROM history_revisionmark WHERE id = NEW.id;
  IF known IN (own, own || ' all') THEN
    INSERT INTO history_publicchange (began, at) SELECT
        CASE WHEN known = own THEN now() ELSE '-infinity' END,
        GREATEST(clock_timestamp(), max(at) + interval '1 microsecond')
      FROM history_publicchange RETURNING id INTO number;
    IF number % 1000 = 0 THEN
      DELETE FROM history_publicchange WHERE at < now() - interval '400 days';
    END IF;
  END IF;
  -- Where constraints are made immediate before the end, what is written afterwards is another change.
  PERFORM set_config('registry.marked', '', true), set_config('registry.public', '', true);
  RETURN NULL;
END $$;

-- PostgreSQL does not replace constraint triggers.
DROP TRIGGER IF EXISTS raise_revision ON history_revisionmark;
CREATE CONSTRAINT TRIGGER raise_revision AFTER INSERT ON history_revisionmark
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry_raise_revision();
