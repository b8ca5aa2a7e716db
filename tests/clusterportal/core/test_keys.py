"""Keys as bits are the same keys."""

import numpy as np
import pytest

from clusterportal.core.keys import keys_of, packed, unpacked


@pytest.mark.parametrize("keys", [[], [0], [7], [8], [1, 5, 1000]])
def test_there_and_back(keys):
    sent = b"".join(key.to_bytes(8, "big") for key in keys)
    assert keys_of(sent).tolist() == keys
    assert unpacked(packed(np.array(keys, np.int64))).tolist() == keys


def test_none_is_no_key():
    assert keys_of(None).tolist() == []
