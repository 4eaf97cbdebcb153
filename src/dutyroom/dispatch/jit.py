"""Compiles kernels and keeps the machine code in a cache that can't go stale.

Numba's ``cache=True`` looks at the time stamp of the file that holds the function, not at what
the function calls (numba issue 1833): after an edit elsewhere it serves old code. Here the cache
folder carries a hash of the whole kernel module and of the versions that compiled it.
"""

import hashlib
import inspect
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numba
import numpy as np
from numba.core import config


def cache_folder(source: bytes, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for the machine code of exactly this source, in the user's cache."""
    versions = f"{sys.version}|{numba.__version__}|{np.__version__}".encode()
    key = hashlib.sha256(versions + b"\0" + source).hexdigest()[:16]
    cache = environ.get("XDG_CACHE_HOME", "") or str(Path.home() / ".cache")
    return Path(cache) / "dutyroom" / "kernels" / key


def kernel[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile at the first call, release the interpreter lock, and cache by source hash."""
    source = Path(inspect.getfile(function)).read_bytes()
    settings = vars(config)
    before = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = str(cache_folder(source))
    try:  # Numba chooses the folder when it decorates, so that the setting can be put back
        compiled: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    finally:
        settings["CACHE_DIR"] = before
    return compiled
