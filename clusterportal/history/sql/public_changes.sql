-- When transactions that changed what the public sees began, and when they became visible (`PublicChange`).

-- The moment from which on rows may carry changes that became visible since another moment; -infinity: from ever.
CREATE OR REPLACE FUNCTION registry_visible_since(moment timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN moment <= (SELECT min(at) FROM history_publicchange) THEN '-infinity'
    ELSE LEAST(moment, (SELECT min(began) FROM history_publicchange WHERE at >= moment)) END
$$;

-- An emptied table, as after a restore, begins anew: it always says from when on it knows every change.
CREATE OR REPLACE FUNCTION registry_begin_public_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_publicchange (began, at) VALUES (now(), clock_timestamp());
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER begin_anew AFTER TRUNCATE ON history_publicchange
  FOR EACH STATEMENT EXECUTE FUNCTION registry_begin_public_changes();
