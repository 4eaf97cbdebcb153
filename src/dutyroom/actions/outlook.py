"""The next hour, rehearsed from the picture of the moment; never in the way of an action."""

import json
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from dutyroom.actions.advisor import Advisor
from dutyroom.citypack import CityPack
from dutyroom.projections import board
from dutyroom.projections.models import IncidentView, UnitPosition, UnitView
from dutyroom.rehearsal.lookahead.outlook import LookAhead, Outlook, UnitNow
from dutyroom.rehearsal.scenario.model import GivenCalls
from dutyroom.rehearsal.scenario.read import scenario_of_pack
from dutyroom.rehearsal.simulation.records import NO_FACILITY

FRESH_MS: Final = 4_000
"""A picture is rehearsed again after so long at the soonest."""
REPLICATIONS: Final = 1_000
ON_SCENE_S: Final = 1_500.0
LEFT_S: Final = {
    "dispatched": 300.0 + ON_SCENE_S,
    "en_route": 240.0 + ON_SCENE_S,
    "on_scene": ON_SCENE_S,
    "transporting": 1_800.0,
    "at_facility": 1_200.0,
}
"""How long a unit is still expected to be at work, by its status: our own assumption, as long as
a pack says nothing of service times. What has passed is taken off."""
LEAST_LEFT_S: Final = 300.0


class Outlooks:
    """Keeps the latest outlook of one room; one is made at a time, in a thread of its own."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._working = threading.Lock()
        self._ahead: tuple[str, LookAhead] | None = None
        self._latest: dict[str, Any] | None = None

    def latest(self, pack: CityPack, now_ms: int) -> dict[str, Any]:
        """The newest outlook there is, at once; a newer one is begun if this one is old."""
        latest = self._latest
        old = latest is None or now_ms - latest["at_ms"] > FRESH_MS
        if old and self._working.acquire(blocking=False):
            threading.Thread(target=self._renew, args=(pack, now_ms), daemon=True).start()
        return latest or {"ready": False}

    def _renew(self, pack: CityPack, now_ms: int) -> None:
        from django.db import connection

        try:
            self._latest = self.make(pack, now_ms)
        finally:
            self._working.release()
            connection.close()

    def make(self, pack: CityPack, now_ms: int) -> dict[str, Any]:
        """Rehearse the next hour from the picture of this moment."""
        started = time.perf_counter()
        ahead = self.ahead(pack)
        position = board.head()
        hour = hour_of_week(pack, now_ms)
        units = self.units(ahead, now_ms)
        outlook = ahead.look(units, hour=hour, waiting=self._waiting(ahead))
        move = ahead.best_move(units, hour=hour)
        stations = {point: s for s, point in _station_points(ahead).items()}
        return {
            "ready": True,
            "at_ms": now_ms,
            "position": position,
            "horizon_s": ahead.horizon_s,
            "replications": outlook.replications,
            "mean_delay_s": _or_none(outlook.mean_delay_s),
            "areas": _areas(outlook),
            "move": move
            and {
                "unit": move.unit,
                "station": stations.get(ahead.builder.bases[move.to_base], ""),
                "gain_s": round(move.gain_s, 1),
                "gain_bare": round(move.gain_bare, 4),
            },
            "took_ms": round((time.perf_counter() - started) * 1000, 1),
        }

    def ahead(self, pack: CityPack) -> LookAhead:
        """What is prepared once for a pack."""
        if self._ahead is None or self._ahead[0] != pack.hash:
            self._ahead = pack.hash, LookAhead(scenario_of_pack(pack), replications=REPLICATIONS)
        return self._ahead[1]

    def units(self, ahead: LookAhead, now_ms: int) -> list[UnitNow]:
        """Where every unit is, and when it is expected to be free."""
        rows = {
            row["id"]: row
            for row in map(json.loads, UnitView.objects.values_list("row", flat=True))
        }
        fixes = {
            unit: (lon, lat)
            for unit, lon, lat in UnitPosition.objects.values_list("unit", "lon", "lat")
        }
        found = []
        for unit in ahead.builder.units:
            row = rows.get(unit.id, {"status": "off_duty"})
            point = nearest_point(ahead, fixes[unit.id]) if unit.id in fixes else unit.base
            left_s: float | None = 0.0 if row["status"] == "available" else None
            if row["status"] in LEFT_S:
                passed_s = (now_ms - row["since_ms"]) / 1000
                left_s = max(LEFT_S[row["status"]] - passed_s, LEAST_LEFT_S)
                place = self._advisor.place(row["incident"]) if row.get("incident") else None
                point = nearest_point(ahead, place) if place else point
            found.append(UnitNow(point, left_s))
        return found

    def _waiting(self, ahead: LookAhead) -> GivenCalls | None:
        """Open incidents that lack units, as calls of this moment."""
        capabilities = ahead.builder.scenario.capabilities
        calls: list[tuple[int, int, str, list[int]]] = []
        for text in IncidentView.objects.filter(open=True).values_list("row", flat=True):
            row = json.loads(text)
            needs = [
                capabilities.index(need["capability"])
                for need in row["unmet"]
                if need["capability"] in capabilities
                for _ in range(need["count"])
            ]
            place = self._advisor.place(row["id"]) if needs else None
            if place is not None:
                calls.append((row["priority"], nearest_point(ahead, place), row["category"], needs))
        if not calls:
            return None
        calls.sort(key=lambda call: call[0])
        counts = [len(needs) for _, _, _, needs in calls]
        places = sum(counts)
        return GivenCalls(
            ids=(),
            at_s=np.zeros(len(calls)),
            point=np.array([point for _, point, _, _ in calls], np.int32),
            priority=np.array([priority for priority, _, _, _ in calls], np.int8),
            category=tuple(category for _, _, category, _ in calls),
            officer_initiated=np.zeros(len(calls), np.bool_),
            first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            need=np.array([need for _, _, _, needs in calls for need in needs], np.int32),
            turnout_s=np.zeros(places),
            on_scene_s=np.full(places, ON_SCENE_S),
            handover_s=np.zeros(places),
            facility=np.full(places, NO_FACILITY, np.int32),
            stretch=np.ones(places),
        )


def hour_of_week(pack: CityPack, now_ms: int) -> int:
    """The hour of the week on the clocks of the city; Monday's first is 0."""
    local = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(ZoneInfo(pack.timezone))
    return local.weekday() * 24 + local.hour


def _areas(outlook: Outlook) -> list[dict[str, Any]]:
    rows: Iterable[tuple[str, float, float, float]] = zip(
        outlook.areas, outlook.bare, outlook.delay_s, outlook.calls, strict=True
    )
    return [
        {
            "zone": area,
            "bare": round(float(bare), 4),
            "delay_s": _or_none(delay_s),
            "calls": round(float(calls), 2),
        }
        for area, bare, delay_s, calls in rows
    ]


def _or_none(seconds: float) -> float | None:
    return None if np.isnan(seconds) else round(float(seconds), 1)


def nearest_point(ahead: LookAhead, place: tuple[float, float]) -> int:
    """The scenario's point nearest to a position."""
    geography = ahead.builder.scenario.geography
    scale = np.cos(np.radians(place[1]))
    dx, dy = (geography.lon - place[0]) * scale, geography.lat - place[1]
    return int(np.argmin(dx * dx + dy * dy))


def _station_points(ahead: LookAhead) -> dict[str, int]:
    return {unit.station: unit.base for unit in ahead.builder.units}
