-- The only ways in which something leaves the kept versions, for erasing a person. They take away and never add, and what
-- they did is noted in history_versionloss. They act with the rights of whoever owns the tables: so the account that the
-- portal works with needs none to change or delete versions (`manage.py limit_account`).

-- Whether `after` is `before` with signs left out; marks and marked addresses may stand where something was.
CREATE OR REPLACE FUNCTION history_takes_away(before text, after text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  signs text[] := string_to_array(before, NULL);
  place integer := 1;
  sign text;
BEGIN
  IF after ~ '^entfernt-[[:alnum:]-]+$' THEN
    RETURN true;
  END IF;
  FOREACH sign IN ARRAY string_to_array(replace(after, '[entfernt]', ''), NULL) LOOP
    WHILE place <= cardinality(signs) AND signs[place] <> sign LOOP
      place := place + 1;
    END LOOP;
    IF signs IS NULL OR place > cardinality(signs) THEN
      RETURN false;
    END IF;
    place := place + 1;
  END LOOP;
  RETURN true;
END $$;

-- The name of the key of a table of versions, or of the table of acts; nothing else is dealt with here.
CREATE OR REPLACE FUNCTION history_key_of(versions regclass) RETURNS name LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF versions = 'public.pghistory_context'::regclass THEN
    RETURN 'id';
  END IF;
  IF (SELECT count(*) FROM pg_attribute WHERE attrelid = versions AND attname IN ('pgh_id', 'pgh_created_at')) < 2 THEN
    RAISE EXCEPTION '% holds no versions', versions;
  END IF;
  RETURN 'pgh_id';
END $$;

-- Deletes the versions under these keys: their own (pgh_id), or those of their records (pgh_obj_id).
CREATE OR REPLACE FUNCTION history_forget_versions(versions regclass, of_column name, keys text[]) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  kind text := (SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = versions AND attname = of_column);
  number bigint;
BEGIN
  IF history_key_of(versions) <> 'pgh_id' OR of_column NOT IN ('pgh_id', 'pgh_obj_id') THEN
    RAISE EXCEPTION '% has no versions by %', versions, of_column;
  END IF;
  EXECUTE format('DELETE FROM %s WHERE %I = ANY($1::%s[])', versions, of_column, kind) USING keys;
  GET DIAGNOSTICS number = ROW_COUNT;
  PERFORM history_note_loss(versions, 'forgotten', number);
  RETURN number;
END $$;

-- Gives columns of one version the values of `changes`, which hold less than before. Words of an act count as a version.
CREATE OR REPLACE FUNCTION history_redact_version(versions regclass, key text, changes jsonb) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  key_column name := history_key_of(versions);
  kind text := (SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = versions AND attname = key_column);
  before jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(one) FROM %s one WHERE %I = $1::%s', versions, key_column, kind) INTO before USING key;
  IF EXISTS (
    SELECT FROM jsonb_each_text(changes) new
    WHERE new.key LIKE 'pgh\_%' OR new.key = key_column OR NOT history_takes_away(before ->> new.key, new.value)
  ) THEN
    RAISE EXCEPTION 'a version of % can only lose words', versions;
  END IF;
  EXECUTE (
    SELECT format(
      'UPDATE %s one SET (%s) = (SELECT %s FROM jsonb_populate_record(one, $1) new) WHERE %I = $2::%s',
      versions, string_agg(format('%I', name), ', '), string_agg(format('new.%I', name), ', '), key_column, kind
    ) FROM jsonb_object_keys(changes) name
  ) USING changes, key;
  PERFORM history_note_loss(versions, 'redacted', 1);
END $$;

-- An account that was emptied is called by its number in what it did.
CREATE OR REPLACE FUNCTION history_forget_account(account text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE pghistory_context SET metadata = metadata || jsonb_build_object('username', 'erased-' || account)
    WHERE metadata ->> 'user' = account;
$$;

-- Sums up what one transaction took from a table; nobody but the functions above may write it.
CREATE OR REPLACE FUNCTION history_note_loss(versions regclass, how text, number bigint) RETURNS void
  LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO history_versionloss (transaction, versions, how, number, at)
    VALUES (pg_current_xact_id()::text, versions::text, how, number, now())
    ON CONFLICT (transaction, versions, how) DO UPDATE SET number = history_versionloss.number + EXCLUDED.number;
$$;

-- Who did something is said while it is done, and stays. The functions above act as the owner.
CREATE OR REPLACE FUNCTION history_keep_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.created_at < now() - interval '1 day'
     AND current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
    RAISE EXCEPTION 'who did something is not rewritten' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER keep_act BEFORE UPDATE ON pghistory_context
  FOR EACH ROW EXECUTE FUNCTION history_keep_act();
