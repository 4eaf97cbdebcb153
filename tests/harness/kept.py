"""Results of long calculations, kept under the hash of all that they were calculated from.

They save time where nothing has changed since; a machine that has none calculates them.
"""

import hashlib
import pickle
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.harness.examples import DEEP

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / ".tools" / "calculated"
PURE: Final = ("core", "domain", "citypack", "dispatch", "machine", "reading", "rehearsal")
"""The packages of the engine and of the rehearsal, with all that they import."""
COMPILERS: Final = ("numpy", "numba", "llvmlite", "scipy")


def kept[T](name: str, calculate: Callable[[], T], *files: Path, folder: Path = FOLDER) -> T:
    """What ``calculate``, which stands in one of ``files``, returns: calculated, or kept from when
    it was with these very sources and versions. The night's tests always calculate."""
    if DEEP:
        return calculate()
    file = folder / f"{hash_of(name, *files)}.pickle"
    try:
        found: T = pickle.loads(file.read_bytes())
    except (OSError, EOFError, pickle.UnpicklingError):
        found = calculate()
        folder.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{id(found)}")
        half.write_bytes(pickle.dumps(found))
        half.replace(file)
    return found


def hash_of(name: str, *files: Path) -> str:
    """Changes with every byte of the sources, with the versions of what compiles them, and with
    the machine."""
    sources = [one for package in PURE for one in (ROOT / "src/dutyroom" / package).rglob("*.py")]
    versions = [sys.version, platform.machine(), *(version(one) for one in COMPILERS)]
    made = hashlib.sha256("\0".join([name, *versions]).encode())
    for source in sorted(sources) + sorted(files):
        made.update(f"{source.relative_to(ROOT)}\0".encode())
        made.update(hashlib.sha256(source.read_bytes()).digest())
    return made.hexdigest()
