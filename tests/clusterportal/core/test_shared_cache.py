"""A shared cache that is gone, hangs, is full or holds what nobody of ours wrote: as if nothing were there."""

import logging
import pickle

import environ
import pytest

from clusterportal.core.shared_cache import (
    ANSWERS_WITHIN,
    LEFT_ALONE,
    Plain,
    SharedCache,
    shared_cache_settings,
)


class Cache:
    """Holds values, unless it is told to fail."""

    def __init__(self):
        self.values, self.trouble, self.asked = {}, None, 0

    def get(self, key):
        return self._do(lambda: self.values.get(key))

    def set(self, key, value, seconds):
        return self._do(lambda: self.values.update({key: value}))

    def _do(self, act):
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return act()


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def cache():
    return Cache()


def test_what_one_worker_kept_another_one_gets(cache):
    SharedCache(cache).set("key", b"value", 60)
    assert SharedCache(cache).get("key") == b"value"
    assert SharedCache(cache).get("other") is None


@pytest.mark.parametrize(
    "garbage", [b"", b"value", b"\x00" * 200, 5, "text", None, pickle.dumps("value"), [b"value"]]
)
def test_what_is_not_ours_counts_as_nothing(cache, garbage):
    cache.values["key"] = garbage
    assert SharedCache(cache).get("key") is None


def test_what_was_changed_or_moved_counts_as_nothing(cache):
    shared = SharedCache(cache)
    shared.set("key", b"value", 60)
    cache.values["other"] = cache.values["key"]
    cache.values["key"] = cache.values["key"][:-1] + b"E"
    assert (shared.get("key"), shared.get("other")) == (None, None)


@pytest.mark.parametrize("trouble", [ConnectionError("refused"), TimeoutError("slow"), MemoryError("OOM")])
def test_a_cache_that_fails_is_left_alone_for_a_while(cache, caplog, trouble):
    clock = Clock()
    shared = SharedCache(cache, clock=clock)
    shared.set("key", b"value", 60)
    cache.trouble, cache.asked = trouble, 0
    with caplog.at_level(logging.WARNING, "clusterportal"):
        for _time in range(5):
            assert shared.get("key") is None
            shared.set("key", b"new", 60)
    assert cache.asked == 1
    assert [record.getMessage() for record in caplog.records] == [
        f"The shared cache is left alone for {LEFT_ALONE:g} s: {trouble}"
    ]
    cache.trouble = None
    clock.now += LEFT_ALONE
    assert shared.get("key") == b"value"


@pytest.mark.parametrize("scheme", ["redis", "rediscache", "valkey"])
def test_redis_and_valkey_have_little_time_and_are_never_unpickled(scheme):
    found = shared_cache_settings(f"{scheme}://cache.example:6379/2", environ.Env.cache_url_config)
    assert found == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://cache.example:6379/2",
        "OPTIONS": {
            "socket_timeout": ANSWERS_WITHIN,
            "socket_connect_timeout": ANSWERS_WITHIN,
            "serializer": "clusterportal.core.shared_cache.Plain",
        },
    }
    assert Plain().loads(Plain().dumps(b"value")) == b"value"


def test_the_operator_may_give_it_more_time_and_other_caches_stay_as_they_are():
    read = environ.Env.cache_url_config
    patient = shared_cache_settings("valkeys://cache.example:6379/0?socket_timeout=2", read)
    assert patient["LOCATION"] == "rediss://cache.example:6379/0"
    assert patient["OPTIONS"]["socket_timeout"] == 2
    memory = "locmemcache://answers"
    assert shared_cache_settings(memory, read) == read(memory)
