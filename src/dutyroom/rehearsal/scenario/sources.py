"""What a scenario is made from on the disk, so that it is known whether any of it has changed."""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

MOST_BASES: Final = 10
"""More files below each other than this go round in a circle."""


def chain(path: Path) -> tuple[list[dict[str, Any]], Path | None]:
    """What each file of a scenario says, the top one first, and the folder of the city pack at the
    bottom; None if there is none. ValueError, with its name, for a file that can't be read."""
    layers: list[dict[str, Any]] = []
    at = path
    while not at.is_dir():
        try:
            said = json.loads(at.read_text(encoding="utf-8-sig"))
            base = said.get("base")
        except (OSError, ValueError, AttributeError) as error:
            raise ValueError(f"{at} can't be read: {error}") from None
        layers.append(said)
        if not isinstance(base, str) or len(layers) > MOST_BASES:
            return layers, None
        at = at.parent / base
    return layers, at


def fingerprint(path: Path) -> str:
    """SHA-256 over a scenario's file, its bases, and every file that they name. Of a scenario that
    can't be read, over what can be."""
    digest = hashlib.sha256()
    for file in sorted(set(_files(path))):
        stat = file.stat()
        digest.update(_digest(file, stat.st_mtime_ns, stat.st_size))
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def _digest(file: Path, _changed_ns: int, _size: int) -> bytes:
    """Of one file; the thousands of a sweep have most of theirs in common."""
    return hashlib.sha256(file.read_bytes()).digest()


def _files(path: Path) -> Iterator[Path]:
    seen: set[Path] = set()
    while path not in seen:
        seen.add(path)
        if path.is_dir():
            yield from (each for each in path.rglob("*") if each.is_file())
            return
        if not path.is_file():
            return
        yield path
        try:
            read = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError:
            return
        named = [path.parent / text for text in _texts(read) if 0 < len(text) < 200]
        yield from (each for each in named if each.is_file())
        base = read.get("base") if isinstance(read, dict) else None
        if not isinstance(base, str):
            return
        path = path.parent / base


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        if "\0" not in value:
            yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
