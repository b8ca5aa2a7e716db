"""The cache holds as many bytes as it may, and lets go of the longest unused."""

from clusterportal.core.sized_cache import SizedCache


def test_the_longest_unused_goes_first():
    cache = SizedCache(160)
    for name in range(16):
        cache.put(name, f"value {name}", 10)
    assert cache.get(0) == "value 0"
    cache.put("new", "value", 10)
    assert (cache.get(0), cache.get(1), cache.used) == ("value 0", None, 160)


def test_a_value_replaces_its_older_self():
    cache = SizedCache(160)
    cache.put("one", "old", 10)
    cache.put("one", "new", 5)
    assert (cache.get("one"), cache.used) == ("new", 5)


def test_what_is_too_large_is_not_kept():
    cache = SizedCache(160)
    cache.put("one", "small", 10)
    cache.put("one", "large", 11)
    assert (cache.get("one"), cache.used) == (None, 0)
