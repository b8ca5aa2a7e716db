"""Names, sites and numbers are compared as `actors.identity` has them: the functions that folded them here go."""

from django.db import migrations

_FORWARD = """
DROP FUNCTION IF EXISTS registry_plain_name(text);
DROP FUNCTION IF EXISTS registry_website_host(text);
DROP FUNCTION IF EXISTS registry_bare_number(text);
"""

PLAIN_NAME = r"""
CREATE OR REPLACE FUNCTION registry_plain_name(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
WITH folded AS (
    SELECT regexp_replace(
        regexp_replace(registry_fold(value), '[^[:alnum:]]+', ' ', 'g'), '([aou])e', '\1', 'g'
    ) AS name
)
SELECT coalesce(nullif(btrim(regexp_replace(regexp_replace(
    name,
    '\m(g?gmbh|mbh|ug|haftungsbeschrankt|g?ag|se|kgaa|kg|ohg|gbr|partg|e k|eg|e g|e v|ev|co|inc|ltd|llc|und|and)\M',
    ' ', 'g'), ' +', ' ', 'g')), ''), btrim(name))
FROM folded
$$;
"""

WEBSITE_HOST = r"""
CREATE OR REPLACE FUNCTION registry_website_host(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT coalesce(lower((regexp_match(value, '^[a-z]+://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)', 'i'))[1]), '')
$$;
"""

BARE_NUMBER = r"""
CREATE OR REPLACE FUNCTION registry_bare_number(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT upper(regexp_replace(regexp_replace(value, '^(.*/|Amtsgericht +)', '', 'i'), '[^[:alnum:]]', '', 'g'))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]
    operations = [migrations.RunSQL(_FORWARD, PLAIN_NAME + WEBSITE_HOST + BARE_NUMBER)]
