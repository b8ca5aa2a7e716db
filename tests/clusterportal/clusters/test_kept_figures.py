"""Figures are computed once a version of the data, however they are asked for."""

from clusterportal.clusters import kept_figures
from clusterportal.clusters.models import Cluster
from clusterportal.core.sized_cache import SizedCache


def test_what_is_asked_for_again_is_computed_once_a_version(monkeypatch):
    asked = []

    @kept_figures.kept_figures
    def figures(cluster, *, public=True):
        asked.append((cluster.pk, public))
        return [len(asked)]

    version: str | None = "1"
    monkeypatch.setattr(kept_figures, "current_version", lambda: version)
    monkeypatch.setattr(kept_figures, "_kept", SizedCache(1000))
    one, other = Cluster(pk=1), Cluster(pk=2)
    figures(one).append("added by a caller")
    assert [figures(one), figures(one, public=True), figures(one, public=False), figures(other)] == [
        [1], [1], [2], [3],
    ]  # fmt: skip
    version = "2"
    assert figures(one) == [4]
    version = None  # inside a transaction
    assert [figures(one), figures(one)] == [[5], [6]]
    assert asked == [(1, True), (1, False), (2, True), (1, True), (1, True), (1, True)]
