from importlib import import_module

from django.db import migrations

# `asked` with each two neighbouring letters the other way round.
SWAPS = """
CREATE FUNCTION registry_swaps(asked text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT overlay(asked PLACING reverse(substr(asked, place, 2)) FROM place FOR 2)
        FROM generate_series(1, length(asked) - 1) place)
$$;
"""

# Whether who typed `asked` may have meant `name` and missed a letter or swapped two: of all slips these say most about
# what was meant, because only a few names are so near. Not STRICT, which would keep it from being inlined.
SLIP = """
CREATE FUNCTION registry_is_slip(asked text, name text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT length(name) = length(asked) AND name = ANY(registry_swaps(asked))
        OR length(name) = length(asked) + 1 AND asked = ANY(registry_deletions(name))
$$;
"""

_before = import_module("actors.migrations.0010_short_words")
NEAR_WORDS = _before.NEAR_WORDS.replace(
    "bool_or(asked = ANY(deletions)) DESC", "bool_or(registry_is_slip(asked, word)) DESC"
)


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0010_short_words"),
    ]

    operations = [
        migrations.RunSQL(SWAPS, "DROP FUNCTION registry_swaps(text)"),
        migrations.RunSQL(SLIP, "DROP FUNCTION registry_is_slip(text, text)"),
        migrations.RunSQL(NEAR_WORDS, _before.NEAR_WORDS),
    ]
