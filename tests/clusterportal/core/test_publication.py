from clusterportal.core.publication import TRANSITIONS, PublicationState, power_needed, targets_from


def test_the_whole_table():
    moves = {f"{source} > {target}": str(power) for (source, target), power in TRANSITIONS.items()}
    assert moves == {
        "draft > in_review": "submit",
        "draft > published": "publish",
        "draft > archived": "publish",
        "in_review > draft": "submit",
        "in_review > published": "publish",
        "in_review > rejected": "publish",
        "published > in_review": "publish",
        "published > draft": "publish",
        "published > archived": "publish",
        "rejected > draft": "submit",
        "rejected > archived": "publish",
        "archived > draft": "publish",
        "archived > published": "publish",
    }


def test_no_way_from_rejected_to_published():
    assert power_needed(current=PublicationState.REJECTED, target=PublicationState.PUBLISHED) is None
    assert targets_from(PublicationState.REJECTED) == ["draft", "archived"]
