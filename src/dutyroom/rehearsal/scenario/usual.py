"""A room's usual calls, learnt from recorded ones and kept as a small JSON file.

`docs/reference/scenarios.md` ("Usual calls") describes the file.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from dutyroom.machine.files import write_whole
from dutyroom.reading.problems import PackRefused, Problem

FILE: Final = "usual-calls.json"
"""What the file is called in a room's folder."""
HOURS: Final = (24, 168)
"""A day, or a week from Monday's midnight on."""


@dataclass(frozen=True, slots=True)
class UsualKind:
    """Calls of one category and priority: how many, the weights of the hours of a day or a week,
    and how many came from each zone."""

    category: str
    priority: int
    per_h: float
    by_hour: tuple[float, ...]
    zones: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class UsualCalls:
    """What was learnt: ``source`` is the dataset or ``journal``, ``pack`` the hash of the city
    pack, the period in ms (UTC), ``calls`` how many it was learnt from."""

    source: str
    pack: str
    begin_ms: int
    end_ms: int
    calls: int
    kinds: tuple[UsualKind, ...]


def write_usual(path: Path, usual: UsualCalls) -> None:
    """Write the file whole, or leave the one that is there."""
    write_whole(path, json.dumps(asdict(usual), ensure_ascii=False, indent=1) + "\n")


def read_usual(path: Path) -> UsualCalls | None:
    """What the file says; None if there is none. `PackRefused` if it can't be used."""
    try:
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except KeyError as error:
        raise _refused(path, f"{error.args[0]} is missing") from error
    except (OSError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _refused(path, str(error)) from error


def _parsed(found: dict[str, Any]) -> UsualCalls:
    return UsualCalls(
        source=str(found["source"]),
        pack=str(found["pack"]),
        begin_ms=_number(found["begin_ms"]),
        end_ms=_number(found["end_ms"]),
        calls=_number(found["calls"]),
        kinds=tuple(map(_kind, found["kinds"])),
    )


def _kind(found: dict[str, Any]) -> UsualKind:
    kind = UsualKind(
        category=str(found["category"]),
        priority=_number(found["priority"]),
        per_h=_amount(found["per_h"]),
        by_hour=tuple(map(_amount, found["by_hour"])),
        zones={str(zone): _amount(count) for zone, count in found["zones"].items()},
    )
    if len(kind.by_hour) not in HOURS or not sum(kind.by_hour) or not sum(kind.zones.values()):
        raise ValueError(f"{kind.category}: give weights for 24 or 168 hours, and for zones")
    return kind


def _number(found: object) -> int:
    if not isinstance(found, int):
        raise TypeError(f"{found!r} is no whole number")
    return found


def _amount(found: object) -> float:
    if not isinstance(found, int | float) or not 0 <= found < float("inf"):
        raise ValueError(f"{found!r} is no amount: it can't be below 0, or without end")
    return float(found)


def _refused(path: Path, why: str) -> PackRefused:
    remedy = "Learn it anew with dutyroom rehearse learn ... --for-the-room, or delete it"
    return PackRefused((Problem(str(path), None, why, remedy),))
