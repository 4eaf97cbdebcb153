"""The next hour, rehearsed from the picture of the moment; never in the way of an action."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from dutyroom.advice import answers
from dutyroom.advice.advisor import Advisor
from dutyroom.advice.kept_file import KeptFile
from dutyroom.advice.nearest import nearest_point
from dutyroom.advice.service_times import ServiceTimes, service_times
from dutyroom.advice.usual_calls import ExpectedCalls, expected_calls
from dutyroom.citypack import CityPack
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.projections import board
from dutyroom.projections.models import IncidentView, UnitPosition, UnitView
from dutyroom.projections.rows import read_incident, read_unit
from dutyroom.rehearsal.lookahead.differences import Outlook
from dutyroom.rehearsal.lookahead.outlook import LookAhead, Move, UnitNow
from dutyroom.rehearsal.results.figures import Estimate
from dutyroom.rehearsal.scenario import fitted, usual
from dutyroom.rehearsal.scenario.model import GivenCalls, hour_of_week
from dutyroom.rehearsal.scenario.read import scenario_of_pack
from dutyroom.rehearsal.simulation.records import NO_FACILITY

FRESH_MS: Final = 4_000
"""A picture is rehearsed again after so long at the soonest."""
REPLICATIONS: Final = 1_000
LEAST_LEFT_S: Final = 300.0
"""A unit that is at work longer than expected still takes so long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Moment:
    """The picture of a moment, ready to be rehearsed."""

    ahead: LookAhead
    calls: ExpectedCalls
    times: ServiceTimes
    position: int
    hour: int
    units: list[UnitNow]
    waiting: GivenCalls | None


class Outlooks:
    """Keeps the latest outlook of one room; one is made at a time, in a thread of its own."""

    def __init__(self, advisor: Advisor, folder: Path) -> None:
        self._advisor = advisor
        self._calls = KeptFile(folder / usual.FILE, expected_calls)
        self._times = KeptFile(folder / fitted.FILE, service_times)
        self.working = threading.Lock()
        """Held while anything of this room is rehearsed ahead: one thread for all of it."""
        self._ahead: tuple[str, ExpectedCalls, ServiceTimes, LookAhead] | None = None
        self._latest: answers.Outlook | None = None
        self._failed_ms: int | None = None

    def latest(self, pack: CityPack, now_ms: int) -> answers.Outlook | answers.NotRehearsed:
        """The newest outlook there is, at once; a newer one is begun if this one is old.

        ``stale``: the room has moved on since; ``failed``: the last attempt at a newer one did.
        """
        latest, failed_ms = self._latest, self._failed_ms
        tried_ms = max(latest.at_ms if latest else 0, failed_ms or 0)
        if now_ms - tried_ms > FRESH_MS:
            begin(self.working, lambda: self._renew(pack, now_ms))
        failed = failed_ms is not None
        if latest is None:
            return answers.NotRehearsed(ready=False, stale=False, failed=failed)
        stale = latest.position != board.head()
        return msgspec.structs.replace(latest, stale=stale, failed=failed)

    def _renew(self, pack: CityPack, now_ms: int) -> None:
        try:
            self._latest = self.make(pack, now_ms)
            self._failed_ms = None
        except Exception:
            self._failed_ms = now_ms
            raise

    def make(self, pack: CityPack, now_ms: int) -> answers.Outlook:
        """Rehearse the next hour from the picture of this moment."""
        started = time.perf_counter()
        now = self.moment(pack, now_ms)
        ahead, units, hour = now.ahead, now.units, now.hour
        outlook = ahead.look(units, hour=hour, waiting=now.waiting)
        move = ahead.best_move(units, hour=hour, waiting=now.waiting)
        return answers.Outlook(
            ready=True,
            stale=False,
            failed=False,
            at_ms=now_ms,
            position=now.position,
            horizon_s=ahead.horizon_s,
            replications=outlook.replications,
            calls=now.calls.said(),
            service_times=now.times.said(),
            mean_delay_s=_or_none(outlook.mean_delay_s),
            areas=_areas(outlook),
            move=_move(ahead, move) if move else None,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def moment(self, pack: CityPack, now_ms: int, without: str = "") -> Moment:
        """What is rehearsed from; the incident ``without`` doesn't count among those waiting."""
        calls, times = self._calls.now(pack), self._times.now(pack)
        ahead = self._prepared(pack, calls, times)
        # First the position, then what is at least as new: never called newer than it is.
        position = board.head()
        return Moment(
            ahead,
            calls,
            times,
            position,
            hour_of_week(now_ms, ZoneInfo(pack.timezone)),
            self._units(ahead, times, now_ms),
            self._waiting(ahead, times, without),
        )

    def _prepared(self, pack: CityPack, calls: ExpectedCalls, times: ServiceTimes) -> LookAhead:
        """What is prepared once for a pack, its calls and its service times."""
        if self._ahead is None or self._ahead[:3] != (pack.hash, calls, times):
            scenario = times.apply(calls.apply(scenario_of_pack(pack), pack))
            ahead = LookAhead(scenario, replications=REPLICATIONS)
            self._ahead = pack.hash, calls, times, ahead
        return self._ahead[3]

    def _units(self, ahead: LookAhead, times: ServiceTimes, now_ms: int) -> list[UnitNow]:
        """Where every unit is, and when it is expected to be free."""
        texts = UnitView.objects.values_list("row", flat=True)
        rows = {row.id: row for row in map(read_unit, texts)}
        fixes = {
            unit: (lon, lat)
            for unit, lon, lat in UnitPosition.objects.values_list("unit", "lon", "lat")
        }
        category = {row.id: row.category for row in _open_incidents()}
        geography = ahead.builder.scenario.geography
        found = []
        for unit in ahead.builder.units:
            row = rows.get(unit.id)
            point = nearest_point(geography, fixes[unit.id]) if unit.id in fixes else unit.base
            if row is None:
                found.append(UnitNow(point, None))
                continue
            left_s: float | None = 0.0 if row.status == "available" else None
            incident = row.incident or ""
            whole_s = times.whole_s(row.status, category.get(incident, ""))
            if whole_s is not None:
                left_s = max(whole_s - (now_ms - row.since_ms) / 1000, LEAST_LEFT_S)
                place = self._advisor.place(incident) if incident else None
                point = nearest_point(geography, place) if place else point
            # A unit in emergency isn't counted on, whatever else it does.
            found.append(UnitNow(point, None if row.emergency else left_s))
        return found

    def _waiting(self, ahead: LookAhead, times: ServiceTimes, without: str) -> GivenCalls | None:
        """Open incidents that lack units, as calls of this moment."""
        capabilities = ahead.builder.scenario.capabilities
        calls: list[tuple[int, int, str, list[int]]] = []
        for row in _open_incidents():
            needs = [
                capabilities.index(need.capability)
                for need in row.unmet
                if need.capability in capabilities
                for _ in range(need.count)
            ]
            place = self._advisor.place(row.id) if needs and row.id != without else None
            if place is not None:
                point = nearest_point(ahead.builder.scenario.geography, place)
                calls.append((row.priority, point, row.category, needs))
        if not calls:
            return None
        calls.sort(key=lambda call: call[0])
        counts = [len(needs) for _, _, _, needs in calls]
        places = sum(counts)
        work_s = [times.on_scene_s(category) for _, _, category, _ in calls]
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
            on_scene_s=np.repeat(work_s, counts),
            handover_s=np.zeros(places),
            facility=np.full(places, NO_FACILITY, np.int32),
            stretch=np.ones(places),
        )


def begin(working: threading.Lock, work: Callable[[], None]) -> None:
    """Do the work in a thread of its own, unless such work is going on: then it isn't begun."""
    if working.acquire(blocking=False):
        threading.Thread(target=_do, args=(working, work), daemon=True).start()


def _do(working: threading.Lock, work: Callable[[], None]) -> None:
    from django.db import connection

    try:
        work()
    except Exception:
        log.exception("the next hour could not be rehearsed")
    finally:
        connection.close()
        working.release()


def _open_incidents() -> Iterable[IncidentRow]:
    return map(read_incident, IncidentView.objects.filter(open=True).values_list("row", flat=True))


def _areas(outlook: Outlook) -> tuple[answers.AreaOutlook, ...]:
    rows: Iterable[tuple[str, float, float, float]] = zip(
        outlook.areas, outlook.bare, outlook.delay_s, outlook.calls, strict=True
    )
    return tuple(
        answers.AreaOutlook(
            zone=area,
            bare=round(float(bare), 4),
            delay_s=_or_none(delay_s),
            calls=round(float(calls), 2),
        )
        for area, bare, delay_s, calls in rows
    )


def _or_none(seconds: float) -> float | None:
    return None if np.isnan(seconds) else round(float(seconds), 1)


def difference(found: Estimate, digits: int = 1) -> answers.Difference | None:
    """Mean and half-width of the interval, and whether it leaves out zero; None if unknown."""
    if np.isnan(found.half_width):
        return None
    return answers.Difference(
        mean=round(found.mean, digits),
        half_width=round(found.half_width, digits),
        sure=found.sure,
    )


def _move(ahead: LookAhead, move: Move) -> answers.MoveOutlook:
    stations = {unit.base: unit.station for unit in ahead.builder.units}
    return answers.MoveOutlook(
        unit=move.unit,
        station=stations.get(ahead.builder.bases[move.to_base], ""),
        delay_s=difference(move.change.delay),
        bare=difference(move.change.bare, 4),
    )
