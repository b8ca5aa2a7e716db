-- What was written of contributions leaves notes for the feed of partners, as `partners/sql/feed_notes.sql` does for the
-- records of actors. What a contribution only names is found when that is renamed.
DO $$
DECLARE
    named text := '''contribution'', ''SELECT contribution_id FROM written''';
    one text;
BEGIN
    PERFORM registry_watch_for_feed('newsroom_contribution', '''contribution'', ''SELECT id FROM written''');
    FOREACH one IN ARRAY ARRAY['newsroom_link', 'newsroom_file', 'newsroom_contribution_actors',
        'newsroom_contribution_clusters', 'newsroom_contribution_areas'] LOOP
        PERFORM registry_watch_for_feed(one, named);
    END LOOP;
END $$;
