"""A scenario in memory: what is rehearsed. Frozen; nothing here reads files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dutyroom.core.text import Text
from dutyroom.domain.values import Need
from dutyroom.rehearsal.simulation.rules import Rules

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
WEEK_S = 7 * DAY_S


def hour_of_week(at_ms: int, zone: ZoneInfo) -> int:
    """The hour on the clocks of a zone; 0 is the one from Monday's midnight on."""
    local = datetime.fromtimestamp(at_ms / 1000, zone)
    return local.weekday() * 24 + local.hour


@dataclass(frozen=True, eq=False, slots=True)
class Geography:
    """Points and the ways between them.

    ``travel[from, to]`` are seconds with sirens at a factor of 1 (float64, float32; uint16 in
    steps of ``unit_s``). ``zone`` names the area of each point, for reports. ``lon`` and ``lat``
    are empty where a scenario has only metres. ``next_point`` exists on roads.
    """

    ids: tuple[str, ...]
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    zone: tuple[str, ...]
    travel: NDArray[Any]
    unit_s: float = 1.0
    hour_factor: NDArray[np.float64] = field(default_factory=lambda: np.ones(1))
    next_point: NDArray[np.uint16] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """From ``start_s`` to ``end_s`` after Monday 00:00, every week (``end_s`` may lie in the next
    one); breaks are (start after the beginning of the shift, length), in seconds."""

    start_s: float
    end_s: float
    breaks: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioUnit:
    """A unit: ``base`` is the index of its point; without shifts it is always on duty."""

    id: str
    base: int
    capabilities: frozenset[str]
    agency: str = ""
    station: str = ""
    shifts: tuple[Shift, ...] = ()


def station_points(units: Iterable[ScenarioUnit]) -> dict[str, int]:
    """The stations that a change can name without a pack's help, since all of their units stand at
    one point; and that point."""
    bases: dict[str, set[int]] = {}
    for unit in units:
        bases.setdefault(unit.station, set()).add(unit.base)
    return {name: there.pop() for name, there in bases.items() if name and len(there) == 1}


@dataclass(frozen=True, slots=True)
class Compliance:
    """A compliance table: ``rows[n]`` are the points to be taken when n units of its team are free.

    The team are the units of this agency ("": of any) that have all these capabilities, but for
    those that an earlier table counts.
    """

    rows: tuple[tuple[int, ...], ...]
    agency: str = ""
    capabilities: frozenset[str] = frozenset()

    def counts(self, unit: ScenarioUnit) -> bool:
        """May this unit be of its team?"""
        return self.agency in ("", unit.agency) and self.capabilities <= unit.capabilities


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that varies: ``mean_s`` with the coefficient of variation ``cv``.

    ``kind``: lognormal, gamma or exponential; a ``cv`` of 0 is a constant.
    """

    mean_s: float
    cv: float = 1.0
    kind: Literal["lognormal", "gamma", "exponential"] = "lognormal"


@dataclass(frozen=True, slots=True)
class CallKind:
    """One kind of generated calls. ``by_hour`` has 24 or 168 weights, ``point_weight`` one per
    point (empty: the demand's). ``together``: turnout and delay on the way are drawn once for all
    units of a call. ``officer_initiated`` is load, never demand."""

    category: str
    per_h: float
    priority: int
    needs: tuple[Need, ...]
    on_scene: Duration
    turnout: Duration = Duration(0.0, 0.0)
    handover: Duration = Duration(0.0, 0.0)
    transport_share: float = 0.0
    travel_cv: float = 0.0
    by_hour: tuple[float, ...] = (1.0,)
    point_weight: tuple[float, ...] = ()
    officer_initiated: bool = False
    together: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class GivenCalls:
    """Calls as they are in a file: arrays over calls, then over their places (CSR by ``first``).

    ``need`` is an index into ``capabilities``; ``facility`` an index, -1 none or -2 the nearest.
    """

    ids: tuple[str, ...]
    at_s: NDArray[np.float64]
    point: NDArray[np.int32]
    priority: NDArray[np.int8]
    category: tuple[str, ...]
    officer_initiated: NDArray[np.bool_]
    first: NDArray[np.int64]
    need: NDArray[np.int32]
    turnout_s: NDArray[np.float64]
    on_scene_s: NDArray[np.float64]
    handover_s: NDArray[np.float64]
    facility: NDArray[np.int32]
    stretch: NDArray[np.float64]

    def part(self, start: int, end: int) -> "GivenCalls":
        """The calls from ``start`` to before ``end``; without ids they are called by number."""
        places = slice(self.first[start], self.first[end])
        return GivenCalls(
            ids=self.ids[start:end] or tuple(map(str, range(start, end))),
            category=self.category[start:end],
            first=self.first[start : end + 1] - self.first[start],
            **{
                name: getattr(self, name)[start:end]
                for name in ("at_s", "point", "priority", "officer_initiated")
            },
            **{
                name: getattr(self, name)[places]
                for name in ("need", "turnout_s", "on_scene_s", "handover_s", "facility", "stretch")
            },
        )


@dataclass(frozen=True, eq=False, slots=True)
class Scenario:
    """Everything to be rehearsed. ``posts`` are the points where units may wait besides their
    own bases; ``targets_s`` the promised response by priority; ``first_hour`` the hour of the
    week (Monday 00:00 is 0) with which it begins. Draws come from ``seed`` by name.
    ``compliance`` has a table for each team that moves up; ``districts`` the stations that answer
    for an area (a zone that isn't there is everybody's). For reports: ``names`` of areas, stations
    and agencies, and its ``changes`` in words."""

    name: str
    geography: Geography
    units: tuple[ScenarioUnit, ...]
    capabilities: tuple[str, ...]
    facilities: tuple[tuple[str, int], ...]
    posts: tuple[int, ...]
    rules: Rules
    kinds: tuple[CallKind, ...]
    given: GivenCalls | None
    hours: float
    warm_up_h: float
    first_hour: int
    seed: int
    replications: int
    targets_s: Mapping[int, float]
    compliance: tuple[Compliance, ...] = ()
    cover_s: float = 480.0
    districts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    changes: tuple[Text, ...] = ()
