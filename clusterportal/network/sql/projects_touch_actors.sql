-- An actor shows its cooperation projects, so what the public sees of them is news of the actor: partners that come and
-- go, projects that are changed, and clusters that release their projects or take that back. Whatever nobody sees
-- leaves the actors as they are.
CREATE OR REPLACE FUNCTION registry_touch_partners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_projects bigint[];
  of_actors bigint[];  -- NULL: all partners
  clusters bigint[];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'clusters_release' THEN
    IF NOT COALESCE('projects' IN (OLD.section, NEW.section), false) THEN
      RETURN NULL;
    END IF;
    of_projects := ARRAY(SELECT id FROM network_cooperationproject
      WHERE cluster_id IN (OLD.cluster_id, NEW.cluster_id) AND state = 'published' AND NOT is_example);
  ELSE
    IF TG_TABLE_NAME = 'network_projectpartner' THEN
      of_actors := ARRAY[OLD.actor_id, NEW.actor_id];
      SELECT array_agg(id), array_agg(cluster_id) INTO of_projects, clusters FROM network_cooperationproject
        WHERE id IN (OLD.project_id, NEW.project_id) AND state = 'published' AND NOT is_example;
    ELSIF 'published' IN (OLD.state, NEW.state) AND NOT (OLD.is_example AND NEW.is_example) THEN
      of_projects := ARRAY[NEW.id];
      clusters := ARRAY[OLD.cluster_id, NEW.cluster_id];
    END IF;
    IF NOT EXISTS (SELECT FROM clusters_release WHERE cluster_id = ANY(clusters) AND section = 'projects') THEN
      RETURN NULL;
    END IF;
  END IF;
  IF of_actors IS NULL THEN
    of_actors := ARRAY(SELECT actor_id FROM network_projectpartner WHERE project_id = ANY(of_projects));
  END IF;
  UPDATE actors_actor SET updated_at = now(), public_updated_at = now()
    WHERE id = ANY(of_actors) AND public_updated_at < now();
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER touch_partners AFTER INSERT OR UPDATE OR DELETE ON network_projectpartner
  FOR EACH ROW EXECUTE FUNCTION registry_touch_partners();
CREATE OR REPLACE TRIGGER touch_partners AFTER UPDATE ON network_cooperationproject
  FOR EACH ROW EXECUTE FUNCTION registry_touch_partners();
CREATE OR REPLACE TRIGGER touch_partners AFTER INSERT OR UPDATE OR DELETE ON clusters_release
  FOR EACH ROW EXECUTE FUNCTION registry_touch_partners();
