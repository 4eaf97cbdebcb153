"""Which reported positions can be true. Receivers without a fix report 0,0, or jump about.

A position that can't be true is refused with the reason, and the last good one is kept. One that
only lies too far from it may be true after all (a ferry, a long tunnel, a receiver that was wrong
before): when three in a row agree with each other, they replace it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, isfinite, radians
from typing import Final, Literal

from dutyroom.core.text import Text
from dutyroom.domain.values import Position

type Bounds = tuple[float, float, float, float]
"""West, south, east, north of the city, in degrees."""
Doubt = Literal["no_fix", "outside", "future", "jump"]

WHY: Final[Mapping[Doubt, Text]] = {
    "no_fix": Text(
        "0,0 is what a receiver without a fix reports: check its antenna",
        "0,0 表示接收机未定位，请检查天线",
    ),
    "outside": Text(
        "it lies outside the city and its surroundings: check the sender's coordinates",
        "位置在本市及周边之外，请检查发送方坐标",
    ),
    "future": Text(
        "its time is in the future: check the sender's clock",
        "时间晚于当前时间，请检查发送方时钟",
    ),
    "jump": Text(
        "nobody gets there so fast from the last position: it counts once three in a row agree",
        "与上一位置相距过远，连续三次一致后方采用",
    ),
}

MARGIN_M: Final = 25_000.0
"""Units leave their city, to a hospital or to help a neighbour. Our own assumption."""
FASTEST_M_PER_S: Final = 400 / 3.6
"""Faster than any helicopter of an emergency service (about 300 km/h)."""
SCATTER_M: Final = 500.0
"""By so much two positions of one moment may differ: what a poor fix between houses is off by."""
FUTURE_MS: Final = 60_000
"""How far a sender's clock may run ahead."""
AGREEING: Final = 3
_METRES_PER_DEGREE: Final = 111_195.0


@dataclass(frozen=True, slots=True)
class Known:
    """Of one unit: the last good position, and those since then that agree with each other only."""

    good: Position | None = None
    doubted: tuple[Position, ...] = ()


def place_doubt(lon: float, lat: float, city: Bounds) -> Doubt | None:
    """Why a unit of this city can't be at a place, or None."""
    if not (isfinite(lon) and isfinite(lat)):
        return "outside"
    if lon == 0 and lat == 0:
        return "no_fix"
    west, south, east, north = city
    margin = MARGIN_M / _METRES_PER_DEGREE
    wide = margin / max(cos(radians(lat)), 0.01)
    inside = west - wide <= lon <= east + wide and south - margin <= lat <= north + margin
    return None if inside else "outside"


def judge(
    known: Known, fix: Position, city: Bounds, now_ms: int, pace: float = 1.0
) -> tuple[Known, Doubt | None]:
    """What is known after a fix that isn't older than the last good one, and why it isn't taken.

    ``pace``: units that are played faster than life move so many times as fast.
    """
    if fix.at_ms > now_ms + FUTURE_MS:
        return known, "future"
    if (doubt := place_doubt(fix.lon, fix.lat, city)) is not None:
        return known, doubt
    if known.good is None or _reachable(known.good, fix, pace):
        return Known(fix), None
    last = known.doubted[-1] if known.doubted else None
    if last is not None and fix.at_ms <= last.at_ms:  # sent again, or late: it says nothing new
        return known, "jump"
    agrees = last is not None and _reachable(last, fix, pace)
    doubted = (*known.doubted, fix) if agrees else (fix,)
    if len(doubted) >= AGREEING:
        return Known(fix), None
    return Known(known.good, doubted), "jump"


def _reachable(before: Position, after: Position, pace: float) -> bool:
    within_s = max(after.at_ms - before.at_ms, 1) / 1000
    return _distance_m(before, after) <= SCATTER_M + FASTEST_M_PER_S * pace * within_s


def _distance_m(one: Position, other: Position) -> float:
    """Equirectangular approximation, good at city size."""
    east = (other.lon - one.lon + 180) % 360 - 180
    return (
        hypot(east * cos(radians((one.lat + other.lat) / 2)), other.lat - one.lat)
        * _METRES_PER_DEGREE
    )
