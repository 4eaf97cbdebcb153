"""A scenario taken elsewhere with the files that it names, so that it means the same there."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from dutyroom.rehearsal.scenario.sources import MOST_BASES

FILES: Final = ("points", "facilities", "units", "shifts", "districts", "calls")
"""Keys that may name a CSV file beside the scenario; ``travel`` and ``calls`` may hold more."""

type Put = Callable[[str, bytes], None]


def carried(
    said: dict[str, Any], folder: Path, city: str, put: Put, depth: int = 0
) -> dict[str, Any]:
    """What a scenario in ``folder`` says, for a place where its pack is ``city``.

    The files that it names are ``put`` beside it, and a scenario that is its base into ``base``.
    """
    found, under = copy.deepcopy(said), "base/" * depth
    used = {"scenario.json", "base", city}
    for holder, key in _names_of_files(found):
        path = folder / holder[key]
        if not path.is_file():
            continue  # reading it says so, with its line
        name = path.name
        while name in used:
            name = f"x-{name}"
        used.add(name)
        put(under + name, path.read_bytes())
        holder[key] = name
    if "base" in found:
        base = folder / str(found["base"])
        if base.is_file() and depth < MOST_BASES:
            below = json.loads(base.read_text(encoding="utf-8-sig"))
            below = carried(below, base.parent, city, put, depth + 1)
            put(f"{under}base/scenario.json", json.dumps(below, ensure_ascii=False).encode())
            found["base"] = "base/scenario.json"
        else:
            found["base"] = "../" * depth + city
    return found


def _names_of_files(said: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where a scenario names files: the object and the key in it."""
    calls, travel = said.get("calls"), said.get("travel")
    kinds = calls.get("kinds") if isinstance(calls, dict) else None
    places = [(said, key) for key in FILES]
    places += [(travel, "matrix")] if isinstance(travel, dict) else []
    places += [(calls, "weights")] if isinstance(calls, dict) else []
    if isinstance(kinds, list):
        places += [(kind, "weights") for kind in kinds if isinstance(kind, dict)]
    yield from ((of, key) for of, key in places if isinstance(of.get(key), str) and of[key])
