"""The shelf holds as many bytes as it may, and lets go of the longest unused."""

from clusterportal.core.sized_cache import Shelf


def test_the_longest_unused_goes_first():
    shelf = Shelf(160)
    for name in range(16):
        shelf.put(name, f"value {name}", 10)
    assert shelf.get(0) == "value 0"
    shelf.put("new", "value", 10)
    assert (shelf.get(0), shelf.get(1), shelf.used) == ("value 0", None, 160)


def test_a_value_replaces_its_older_self():
    shelf = Shelf(160)
    shelf.put("one", "old", 10)
    shelf.put("one", "new", 5)
    assert (shelf.get("one"), shelf.used) == ("new", 5)


def test_what_is_too_large_is_not_kept():
    shelf = Shelf(160)
    shelf.put("one", "small", 10)
    shelf.put("one", "large", 11)
    assert (shelf.get("one"), shelf.used) == (None, 0)
