"""A file that a room keeps for itself, read again when it was written anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from dutyroom.citypack import CityPack

type WhyNot = Literal["no_file", "unusable", "other_pack"]
"""Why a file isn't what the next hour stands on."""


class KeptFile[T]:
    """What ``read`` makes of the file for a pack; the same object as long as nothing changed."""

    def __init__(self, path: Path, read: Callable[[Path, CityPack], T]) -> None:
        self._path, self._read = path, read
        self._kept: tuple[tuple[int, int] | None, str, T] | None = None

    def now(self, pack: CityPack) -> T:
        """What holds for a pack now."""
        try:
            stat = self._path.stat()
        except OSError:
            version = None
        else:
            version = stat.st_mtime_ns, stat.st_size
        if self._kept is None or self._kept[:2] != (version, pack.hash):
            self._kept = version, pack.hash, self._read(self._path, pack)
        return self._kept[2]
