"""Compiles kernels and keeps the machine code in a cache that can't go stale.

Numba's ``cache=True`` looks at the time stamp of the file that holds the function, not at what
the function calls (numba issue 1833): after an edit elsewhere it serves old code. Here the cache
folder carries a hash of every module beside the function, of those beside the kernels that it
imports, of this package's kernels, which others may call, and of the versions that compiled it.
Where a source lies doesn't count: a second checkout and a new version find what is compiled.
"""

import hashlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import numba
import numpy as np
from numba.core import config
from numba.core.caching import UserProvidedCacheLocator

SHARED = [
    Path(__file__).with_name(name) for name in ("contraction.py", "hierarchy.py", "kernels.py")
]
"""Where this package's kernels are."""
SHARED_IN: Final = Path(__file__).parent
ROOT: Final = SHARED_IN.parent
_IMPORT: Final = re.compile(r"^from (dutyroom(?:\.\w+)+) import", re.MULTILINE)


class BySource(UserProvidedCacheLocator):
    """Numba would keep the machine code apart by the path of the source file."""

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        return Path(py_file).parent.name


def cache_folder(source: bytes, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for the machine code of exactly this source, in the user's cache."""
    versions = f"{sys.version}|{numba.__version__}|{np.__version__}".encode()
    key = hashlib.sha256(versions + b"\0" + source).hexdigest()[:16]
    cache = environ.get("XDG_CACHE_HOME", "") or str(Path.home() / ".cache")
    return Path(cache) / "dutyroom" / "kernels" / key


def is_compiled(file: Path) -> bool:
    """Is there machine code of this file's kernels as they are now?"""
    folder = cache_folder(sources_of(file.resolve()))
    return any(folder.rglob(f"{file.stem}.*.nbc"))


@cache
def sources_of(file: Path) -> bytes:
    """All that a kernel of this file can be made from: what lies beside it, what lies beside the
    modules that kernels there are imported from, and so on."""
    folders, found = [file.parent], set(SHARED)
    for folder in folders:
        for each in folder.glob("*.py"):
            found.add(each)
            text = each.read_text(encoding="utf-8")
            if "kernel\ndef " in text or each == file:
                homes = (ROOT.joinpath(*name.split(".")[1:-1]) for name in _IMPORT.findall(text))
                folders += [home for home in homes if home not in folders and home != SHARED_IN]
    return b"\0".join(each.name.encode() + b"\0" + each.read_bytes() for each in sorted(found))


def kernel[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile at the first call, release the interpreter lock, and cache by source hash."""
    return _compiled(function)


def lean_kernel[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """A kernel that allocates nothing and counts no references to its arrays, nor does what it
    calls. Where many small functions hand many arrays on, counting took nine tenths of the time.
    """
    return _compiled(function, _nrt=False, error_model="numpy")


def inline_kernel[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """A lean kernel that becomes part of whatever calls it: for what is small and called often."""
    return _compiled(function, _nrt=False, error_model="numpy", forceinline=True)


def _compiled[**P, R](function: Callable[P, R], **options: Any) -> Callable[P, R]:
    source = sources_of(Path(inspect.getfile(function)).resolve())
    settings = vars(config)
    ours = {
        "CACHE_DIR": str(cache_folder(source)),
        "CACHE_LOCATOR_CLASSES": f"{BySource.__module__}.{BySource.__name__}",
    }
    before = {name: settings[name] for name in ours}
    settings.update(ours)
    try:  # Numba chooses the folder when it decorates, so that the settings can be put back
        made = numba.njit(cache=True, nogil=True, **options)(function)
    finally:
        settings.update(before)
    compiled: Callable[P, R] = made
    return compiled
