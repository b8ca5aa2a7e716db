"""Which key of the keyboard does what at the placing desk; static/js/placing.js presses the buttons."""

import string

LAYER_KEYS = "12345"
TOPIC_KEYS = "67890"  # the suggested ones, in their order
# What a letter does besides: each is free in both languages of the portal.
REASON, TOPIC, WEBSITE = "g", "t", "w"
AREA_KEYS = [letter for letter in string.ascii_lowercase if letter not in {REASON, TOPIC, WEBSITE}]


def key_of(keys, place: int) -> str:
    """The key of the button at this place of its row, from 0; none where there are more buttons than keys."""
    return keys[place] if place < len(keys) else ""
