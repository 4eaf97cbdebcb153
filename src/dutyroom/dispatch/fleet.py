"""The live fleet as arrays: one writer at a time, readers hold snapshots that never change."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.core.ids import by_id
from dutyroom.dispatch.travel import Origins, Travel

NEVER_S: Final = float("-inf")
"""The time of a position that was never reported: its age is infinite, so it is stale."""

_MOST_CAPABILITIES: Final = 64


class Standing(IntEnum):
    """What the engine needs to know of a unit's status."""

    AVAILABLE = 0
    BUSY = 1
    UNAVAILABLE = 2
    OFF_DUTY = 3
    IN_EMERGENCY = 4


@dataclass(frozen=True, slots=True)
class FleetUnit:
    """A unit as it is put into the fleet; ``position_s`` is when it was last known to be there.

    ``kind`` is the pack's word for it; it decides nothing and is only passed on. ``load_s`` is
    the crew load: the seconds that it has been committed in this shift.
    """

    id: str
    capabilities: frozenset[str]
    lon: float
    lat: float
    position_s: float = NEVER_S
    standing: Standing = Standing.AVAILABLE
    busy_priority: int = 0
    kind: str = ""
    load_s: float = 0.0


@dataclass(frozen=True, eq=False, slots=True)
class Snapshot:
    """The fleet at one moment; arrays of shape (n,), units in the order of their ids.

    ``busy_priority`` is that of the incident the unit is on, 0 without one. ``doubted`` positions
    are those after which others came that can't be true. ``turn`` puts the
    units in order where all else is equal: by ``load_s``, then by id. Never written to.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    index: Mapping[str, int]
    capabilities: tuple[str, ...]
    mask: NDArray[np.uint64]
    origins: Origins
    position_s: NDArray[np.float64]
    doubted: NDArray[np.bool_]
    standing: NDArray[np.int8]
    busy_priority: NDArray[np.int16]
    load_s: NDArray[np.float64]
    turn: NDArray[np.int64]

    def bit(self, capability: str) -> int | None:
        """The bit of a capability in ``mask``; None if no unit of this fleet has it."""
        try:
            return self.capabilities.index(capability)
        except ValueError:
            return None


class Fleet:
    """Units by id. An update costs the same however large the fleet; it copies nothing unless a
    snapshot was taken since the last one, and then the few arrays that it changes."""

    def __init__(self, travel: Travel, units: Iterable[FleetUnit]) -> None:
        """ValueError for two units of one id, or more than 64 capabilities."""
        ordered = sorted(units, key=lambda unit: by_id(unit.id))
        self._travel = travel
        self.ids = tuple(unit.id for unit in ordered)
        self._kinds = tuple(unit.kind for unit in ordered)
        self._index = {unit: index for index, unit in enumerate(self.ids)}
        if len(self._index) != len(self.ids):
            raise ValueError("two units have the same id")
        self._capabilities = tuple(sorted({c for unit in ordered for c in unit.capabilities}))
        if len(self._capabilities) > _MOST_CAPABILITIES:
            raise ValueError(f"a fleet has at most {_MOST_CAPABILITIES} capabilities")
        bits = {code: np.uint64(1 << bit) for bit, code in enumerate(self._capabilities)}
        places = [travel.locate(unit.lon, unit.lat) for unit in ordered]
        self._mask = np.array(
            [sum((int(bits[c]) for c in unit.capabilities), 0) for unit in ordered], np.uint64
        )
        self._lon = np.array([unit.lon for unit in ordered], np.float64)
        self._lat = np.array([unit.lat for unit in ordered], np.float64)
        self._place = np.array([place for place, _ in places], np.int32)
        self._access_s = np.array([access_s for _, access_s in places], np.float64)
        self._position_s = np.array([unit.position_s for unit in ordered], np.float64)
        self._doubted = np.zeros(len(ordered), np.bool_)
        self._standing = np.array([unit.standing for unit in ordered], np.int8)
        self._busy_priority = np.array([unit.busy_priority for unit in ordered], np.int16)
        self._load_s = np.array([unit.load_s for unit in ordered], np.float64)
        self._turn = _turns(self._load_s)
        self._guard = threading.Lock()
        self._seen: Snapshot | None = None

    def __contains__(self, unit: str) -> bool:
        return unit in self._index

    def move(self, unit: str, lon: float, lat: float, at_s: float) -> bool:
        """A position came in. False, and nothing changes, if a later one is known already.

        KeyError for a unit that isn't in the fleet.
        """
        index = self._index[unit]
        place, access_s = self._travel.locate(lon, lat)
        with self._guard:
            if at_s < self._position_s[index]:
                return False
            self._unshare()
            self._lon[index], self._lat[index] = lon, lat
            self._place[index], self._access_s[index] = place, access_s
            self._position_s[index] = at_s
        return True

    def set_standing(self, unit: str, standing: Standing, busy_priority: int = 0) -> None:
        """The unit's status changed. KeyError for a unit that isn't in the fleet."""
        index = self._index[unit]
        with self._guard:
            self._unshare()
            self._standing[index] = standing
            self._busy_priority[index] = busy_priority if standing is Standing.BUSY else 0

    def set_doubt(self, unit: str, doubted: bool) -> None:
        """Whether its last position is in doubt. KeyError for a unit that isn't in the fleet."""
        index = self._index[unit]
        with self._guard:
            if doubted == self._doubted[index]:
                return
            self._unshare()
            self._doubted[index] = doubted

    def set_load(self, unit: str, load_s: float) -> None:
        """The seconds that its crew has been committed in this shift. KeyError as above."""
        index = self._index[unit]
        with self._guard:
            if load_s == self._load_s[index]:
                return
            self._unshare()
            self._load_s[index] = load_s
            self._turn = _turns(self._load_s)

    def snapshot(self) -> Snapshot:
        """The fleet as it is now, for any number of readers in any thread."""
        with self._guard:
            if self._seen is None:
                self._seen = Snapshot(
                    self.ids,
                    self._kinds,
                    self._index,
                    self._capabilities,
                    self._mask,
                    Origins(self._lon, self._lat, self._place, self._access_s),
                    self._position_s,
                    self._doubted,
                    self._standing,
                    self._busy_priority,
                    self._load_s,
                    self._turn,
                )
            return self._seen

    def _unshare(self) -> None:
        """Leave the arrays to whoever holds a snapshot of them, and go on with copies."""
        if self._seen is None:
            return
        self._seen = None
        self._lon, self._lat = self._lon.copy(), self._lat.copy()
        self._place, self._access_s = self._place.copy(), self._access_s.copy()
        self._position_s = self._position_s.copy()
        self._doubted = self._doubted.copy()
        self._standing = self._standing.copy()
        self._busy_priority = self._busy_priority.copy()
        self._load_s = self._load_s.copy()


def _turns(load_s: NDArray[np.float64]) -> NDArray[np.int64]:
    turn = np.empty(len(load_s), np.int64)
    turn[np.argsort(load_s, kind="stable")] = np.arange(len(load_s))
    return turn


def bits_of(snapshot: Snapshot, capabilities: Sequence[str]) -> NDArray[np.uint64]:
    """Bit ``b`` of a unit's entry: it has the ``b``-th of these capabilities. Shape (n,)."""
    suits = np.zeros(len(snapshot.ids), np.uint64)
    for b, capability in enumerate(capabilities):
        bit = snapshot.bit(capability)
        if bit is not None:
            suits |= ((snapshot.mask >> np.uint64(bit)) & np.uint64(1)) << np.uint64(b)
    return suits
