"""One named random stream per purpose, so that a change of one thing leaves the others alone."""

import hashlib

import numpy as np


def stream(seed: int, replication: int, *purpose: str | int) -> np.random.Generator:
    """The generator of a purpose: Philox (Salmon et al. 2011) keyed by SHA-256 of its name.

    Two scenarios that draw for the same purpose, seed and replication see the same numbers
    (common random numbers), whatever else they draw.
    """
    name = "\0".join(map(str, (seed, replication, *purpose)))
    key = np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
