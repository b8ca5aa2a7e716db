"""Keys of records as arrays, as the database sends many of them, and as bits, an eighth of a byte for each there is."""

import numpy as np


def keys_of(data: bytes | None) -> np.ndarray:
    """The keys that SQL sends as one value: `string_agg(int8send(id), ''::bytea)`, NULL for none."""
    return np.frombuffer(data or b"", ">i8").astype(np.int64)


def packed(keys: np.ndarray) -> np.ndarray:
    """A bit for each key from 0 to the largest, the highest of a byte first."""
    bits = np.zeros(int(keys.max(initial=-1)) + 1, bool)
    bits[keys] = True
    return np.packbits(bits)


def unpacked(bits: np.ndarray) -> np.ndarray:
    """The keys in ascending order."""
    return np.flatnonzero(np.unpackbits(bits))
