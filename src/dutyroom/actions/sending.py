"""What sending another unit would cost the next hour; never in the way of an action."""

import threading
import time
from collections import OrderedDict
from typing import Any, Final

from dutyroom.actions.advisor import Advisor
from dutyroom.actions.outlook import FRESH_MS, ON_SCENE_S, Outlooks, hour_of_week, nearest_point
from dutyroom.citypack import CityPack
from dutyroom.dispatch import Recommendation
from dutyroom.projections import board
from dutyroom.rehearsal.lookahead.outlook import Difference, Instead, UnitNow

MOST_KEPT: Final = 32
MOST_CANDIDATES: Final = 8
"""Candidates that are rehearsed: the first of the list."""


class Sendings:
    """Keeps the latest answer for each incident that was looked at; one is made at a time, in a
    thread of its own."""

    def __init__(self, advisor: Advisor, outlooks: Outlooks) -> None:
        self._advisor, self._outlooks = advisor, outlooks
        self._working = threading.Lock()
        self._kept: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def latest(self, pack: CityPack, incident: str, now_ms: int) -> dict[str, Any]:
        """The newest answer there is, at once; a newer one is begun if the room has moved on.

        ``stale`` says that it has.
        """
        found = self._kept.get(incident)
        moved = found is None or found["position"] != board.head()
        if found is not None:
            moved = moved and now_ms - found["at_ms"] > FRESH_MS
        if moved and self._working.acquire(blocking=False):
            arguments = (pack, incident, now_ms)
            threading.Thread(target=self._renew, args=arguments, daemon=True).start()
        if found is None:
            return {"ready": False}
        return found | {"stale": found["position"] != board.head()}

    def _renew(self, pack: CityPack, incident: str, now_ms: int) -> None:
        from django.db import connection

        try:
            self._kept[incident] = self.make(pack, incident, now_ms)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        finally:
            self._working.release()
            connection.close()

    def make(self, pack: CityPack, incident: str, now_ms: int) -> dict[str, Any]:
        """Rehearse the next hour with the recommended units sent, and with each other candidate
        sent instead of the one whose part it could take."""
        started = time.perf_counter()
        position = board.head()
        advice = self._advisor.recommend(incident, now_ms)
        place = self._advisor.place(incident)
        answer: dict[str, Any] = {"ready": True, "at_ms": now_ms, "position": position}
        answer |= {"replications": 0, "candidates": []}
        if advice is None or place is None or not advice.chosen:
            return answer
        ahead = self._outlooks.ahead(pack)
        number = {unit.id: at for at, unit in enumerate(ahead.builder.units)}
        scene, now = nearest_point(ahead, place), self._outlooks.units(ahead, now_ms)
        arrival = {one.unit: one.arrival_s for one in advice.candidates}

        def sent(*units: str) -> list[UnitNow]:
            picture = list(now)
            for unit in units:
                busy_s = (arrival.get(unit) or 0.0) + ON_SCENE_S
                picture[number[unit]] = UnitNow(scene, busy_s)
            return picture

        swaps = [pair for pair in _swaps(advice) if pair[0] in number][:MOST_CANDIDATES]
        others = [sent(*(unit if u == out else u for u in advice.chosen)) for unit, out in swaps]
        hour = hour_of_week(pack, now_ms)
        found = ahead.instead(sent(*advice.chosen), others, hour=hour)
        answer["replications"] = ahead.replications
        answer["candidates"] = [
            {"unit": unit, "instead_of": out} | _as_json(instead)
            for (unit, out), instead in zip(swaps, found, strict=True)
        ]
        answer["took_ms"] = round((time.perf_counter() - started) * 1000, 1)
        return answer


def _swaps(advice: Recommendation) -> list[tuple[str, str]]:
    """Each candidate that isn't chosen, and the chosen unit whose part it could take."""
    needed = {need.capability for need in advice.needs}
    can = {one.unit: needed & set(one.capabilities) for one in advice.candidates}
    found = []
    for one in advice.candidates:
        parts = [unit for unit in advice.chosen if can.get(unit, set()) <= can[one.unit]]
        if one.unit not in advice.chosen and one.arrival_s is not None and parts:
            found.append((one.unit, parts[0]))
    return found


def _as_json(instead: Instead) -> dict[str, Any]:
    worst = instead.worst
    return {
        "delay_s": _pair(instead.delay),
        "bare": _pair(instead.bare, 4),
        "worst": worst and {"zone": worst[0], "delay_s": _pair(worst[1])},
    }


def _pair(difference: Difference, digits: int = 1) -> dict[str, Any]:
    """Mean and half-width of the interval, and whether it leaves out zero."""
    return {
        "mean": round(difference.mean, digits),
        "half_width": round(difference.half_width, digits),
        "sure": difference.sure,
    }
