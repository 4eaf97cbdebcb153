"""The dispatch engine in the live room: the fleet as it is now, and what it recommends."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from dutyroom.citypack import CityPack
from dutyroom.dispatch import (
    NEVER_S,
    Coverage,
    Fleet,
    FleetUnit,
    Recommendation,
    Request,
    Standing,
    build_travel,
    recommend,
    warm_up,
)
from dutyroom.domain.units.row import UnitRow
from dutyroom.domain.units.whereabouts import place_doubt
from dutyroom.journal import read
from dutyroom.projections.models import IncidentView, PositionDoubt, UnitPosition, UnitView
from dutyroom.projections.rows import capabilities_of, incident_needs, read_unit
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import incident_state

MOST_PLACES: Final = 5_000
_STANDING: Final = {
    "available": Standing.AVAILABLE,
    "unavailable": Standing.UNAVAILABLE,
    "off_duty": Standing.OFF_DUTY,
}


@dataclass(frozen=True, slots=True)
class _City:
    """What depends on the pack in force."""

    pack: CityPack
    fleet: Fleet
    travel: Any
    coverage: Coverage
    zone: ZoneInfo


class Advisor:
    """Recommends units. Places of incidents stay inside this process; what leaves are units.

    Positions are on the scale of seconds since 1970; local hours are those of the city.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._places: OrderedDict[str, tuple[int, tuple[float, float]]] = OrderedDict()
        self._guard = threading.Lock()
        self._catching_up = threading.Lock()
        self._city: _City | None = None
        self._position = 0
        self._moved_ms = self._doubted_ms = 0

    def use(self, pack: CityPack) -> None:
        """Take a pack; the fleet is read from the board at the next look."""
        travel = build_travel(pack)
        units = (
            FleetUnit(
                one.id, one.capabilities, one.lon, one.lat, NEVER_S, Standing.OFF_DUTY, 0, one.kind
            )
            for one in pack.units
        )
        points = [zone.centre for zone in pack.zones]
        limit_s = pack.clocks.on_scene_s[min(pack.clocks.on_scene_s)]
        city = _City(
            pack,
            Fleet(travel, units),
            travel,
            Coverage(travel, points, limit_s),
            ZoneInfo(pack.timezone),
        )
        with self._catching_up:
            self._city = city
            self._position = self._moved_ms = self._doubted_ms = 0

    def warm_up(self) -> None:
        """Compile the engine, so that no call waits for it."""
        warm_up()

    def catch_up(self) -> None:
        """Take over what changed on the board since the last look, whichever process changed it.

        One thread at a time: whoever asks meanwhile waits for what is being taken over, and a
        row that was read earlier never replaces one that was read later.
        """
        with self._catching_up:
            self._take_over()

    def _take_over(self) -> None:
        rows = UnitView.objects.filter(position__gt=self._position).values_list("position", "row")
        for position, row in rows:
            self._position = max(self._position, position)
            self._stand(read_unit(row))
        fixes = UnitPosition.objects.filter(received_ms__gt=self._moved_ms)
        for unit, lon, lat, at_ms, received_ms in fixes.values_list(
            "unit", "lon", "lat", "at_ms", "received_ms"
        ):
            self._moved_ms = max(self._moved_ms, received_ms)
            self.move([(unit, lon, lat, at_ms)])
        doubts = PositionDoubt.objects.filter(changed_ms__gt=self._doubted_ms)
        for unit, open_, changed_ms in doubts.values_list("unit", "open", "changed_ms"):
            self._doubted_ms = max(self._doubted_ms, changed_ms)
            self._doubt(unit, open_)

    def forget(self) -> None:
        """What was seen may not have happened (a transaction was undone): look at all again."""
        with self._catching_up:
            self._position = 0

    def move(self, fixes: Iterable[tuple[str, float, float, int]]) -> None:
        """Positions of units: unit, longitude, latitude, milliseconds."""
        city = self._city
        if city is None:
            return
        for unit, lon, lat, at_ms in fixes:
            # What was kept for another city, or by a version that took anything, isn't believed.
            if unit in city.fleet and place_doubt(lon, lat, city.pack.bounds) is None:
                city.fleet.move(unit, lon, lat, at_ms / 1000)

    def recommend(self, incident: str, now_ms: int) -> Recommendation | None:
        """Whom to send, and why; None for an incident that isn't known or has no place."""
        self.catch_up()
        city, place, state = self._city, self.place(incident), incident_state(self.reader, incident)
        if city is None or place is None or state is None:
            return None
        request = Request(
            target=place,
            needs=incident_needs(city.pack, state),
            now_s=now_ms / 1000,
            at_hour=datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(city.zone).hour,
            priority=state.priority,
            assigned=frozenset(
                one.unit
                for one in state.assignments
                if one.open_state is not None and capabilities_of(city.pack, one.unit)
            ),
            served=tuple(capabilities_of(city.pack, unit) for unit in state.served),
            stale_after_s=city.pack.clocks.stale_position_s,
            id=state.number,
        )
        return recommend(city.travel, city.fleet.snapshot(), request, city.coverage)

    def place(self, incident: str) -> tuple[float, float] | None:
        """Where an incident is (lon, lat), for the engine's own use; None if it can't be known."""
        found = IncidentView.objects.filter(id=incident).values_list("place_position", flat=True)
        position = found.first()
        if position is None:
            return None
        kept = self._places.get(incident)
        if kept is not None and kept[0] == position:
            return kept[1]
        return self._look_up(incident, position)

    def _look_up(self, incident: str, position: int) -> tuple[float, float] | None:
        with connection.cursor() as cursor:
            entries = read.at(cursor, [position])
        body = self.reader.within_process(entries[0]) if entries else None
        place = (body or {}).get("place")
        if not place:
            return None
        point = (float(place["lon"]), float(place["lat"]))
        with self._guard:
            self._places[incident] = (position, point)
            while len(self._places) > MOST_PLACES:
                self._places.popitem(last=False)
        return point

    def _doubt(self, unit: str, doubted: bool) -> None:
        if self._city is not None and unit in self._city.fleet:
            self._city.fleet.set_doubt(unit, doubted)

    def _stand(self, row: UnitRow) -> None:
        if self._city is not None and row.id in self._city.fleet:
            standing = _STANDING.get(row.status, Standing.BUSY)
            if row.emergency:
                standing = Standing.IN_EMERGENCY
            self._city.fleet.set_standing(row.id, standing, row.priority or 0)
